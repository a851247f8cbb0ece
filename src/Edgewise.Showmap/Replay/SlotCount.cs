namespace Edgewise.Showmap.Replay;

/// <summary>How often a point was hit.</summary>
/// <param name="Module">Number of its module.</param>
/// <param name="Slot">Number of the point in the module.</param>
/// <param name="Count">How often.</param>
public readonly record struct SlotCount(int Module, int Slot, ulong Count);
