namespace Edgewise.Symbols.Points;

/// <summary>A call in native code.</summary>
/// <param name="Pc">The PC that a runtime records for it: on x86 the return address less one, on AArch64 the address of the call.</param>
/// <param name="Target">Where it goes; for a call through a slot, the slot's address.</param>
/// <param name="IsThroughSlot">True if the address to go to is read from memory at <paramref name="Target"/>.</param>
/// <param name="LoadsGuard">True if the address of a guard was formed since the call before.</param>
internal sealed record CallSite(ulong Pc, ulong Target, bool IsThroughSlot, bool LoadsGuard);
