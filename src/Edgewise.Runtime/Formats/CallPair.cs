namespace Edgewise.Runtime.Formats;

/// <summary>An indirect call that happened: from where, and to which method.</summary>
/// <param name="Caller">The place that called.</param>
/// <param name="Callee">The first byte of IL of the method that ran; <see cref="CodePlace.Unknown"/> where it is in no known module.</param>
public readonly record struct CallPair(CodePlace Caller, CodePlace Callee);
