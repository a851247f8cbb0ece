namespace Edgewise.Fuzzing.Running;

/// <summary>A point that was covered for the first time.</summary>
/// <param name="ModulePath">The original image of its module.</param>
/// <param name="Method">Token of its method.</param>
/// <param name="Pc">RVA in the original image.</param>
/// <param name="IlOffset">Offset in the method's original IL.</param>
public sealed record CoveredPlace(string ModulePath, int Method, int Pc, int IlOffset);
