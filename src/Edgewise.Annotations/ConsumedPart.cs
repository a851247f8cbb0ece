namespace Edgewise.Annotations;

/// <summary>A part of an input that one value was read of.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Bytes, without what ends a text.</param>
/// <param name="IsNumber">True for a number, the least significant byte first; false for bytes and text.</param>
public readonly record struct ConsumedPart(int Start, int Length, bool IsNumber);
