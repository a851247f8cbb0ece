namespace Edgewise.Native;

/// <summary>An indirect call that was made, once for each pair.</summary>
/// <param name="Caller">One byte before the return address of the callback, in front of the call.</param>
/// <param name="Callee">Where the function begins.</param>
public readonly record struct NativeCall(NativePlace Caller, NativePlace Callee);
