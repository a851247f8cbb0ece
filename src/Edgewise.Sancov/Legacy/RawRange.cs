namespace Edgewise.Sancov.Legacy;

/// <summary>Addresses of a module.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">Behind the last.</param>
/// <param name="Base">What is subtracted from an address to get the PC that a <c>.sancov</c> holds.</param>
/// <param name="Module">Name of the module.</param>
public sealed record RawRange(ulong Start, ulong End, ulong Base, string Module);
