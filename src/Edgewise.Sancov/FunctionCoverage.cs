using Edgewise.Symbols;

namespace Edgewise.Sancov;

/// <summary>One function of a module: a method that the user wrote, with the lambdas, local functions and state machines that the compiler made of it.</summary>
/// <param name="Name">Name as reflection writes it, or the token in hex where the module's metadata is not at hand.</param>
/// <param name="Token">MethodDef token of the user's method.</param>
/// <param name="Rva">RVA of its first IL byte in the original image; where it has no points of its own (as of an async method), that of its first part.</param>
/// <param name="Location">Its first line with code, or null where that is unknown.</param>
/// <param name="PointCount">Number of its points, at least one.</param>
/// <param name="CoveredPointCount">How many of them were hit.</param>
public sealed record FunctionCoverage(string Name, int Token, int Rva, SourceLocation? Location, int PointCount, int CoveredPointCount)
{
    /// <summary>True if any point was hit.</summary>
    public bool IsCovered => CoveredPointCount > 0;
}
