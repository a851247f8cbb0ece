using Edgewise.Symbols;

namespace Edgewise.Sancov;

/// <summary>
/// One function of a module. Of a .NET module: a method that the user wrote, with the lambdas, local functions and state machines that the compiler made of it.
/// Of a native one: a function of the source, wherever it was inlined.
/// </summary>
/// <param name="Name">Name as reflection writes it, or the token in hex where the module's metadata is not at hand; of a native function as the symboliser tells it.</param>
/// <param name="Token">MethodDef token of the user's method; 0 for a native function.</param>
/// <param name="Address">RVA of its first IL byte in the original image (where it has no points of its own, as an async method, of its first part); of a native function, its first PC.</param>
/// <param name="Location">Its first line with code, of a native function its declaration; null where that is unknown.</param>
/// <param name="PointCount">Number of its points, at least one.</param>
/// <param name="CoveredPointCount">How many of them were hit.</param>
public sealed record FunctionCoverage(string Name, int Token, ulong Address, SourceLocation? Location, int PointCount, int CoveredPointCount)
{
    /// <summary>True if any point was hit.</summary>
    public bool IsCovered => CoveredPointCount > 0;

    /// <summary>The order of lists: by file, name and line; those without a file behind, by name and address.</summary>
    public static int Compare(FunctionCoverage a, FunctionCoverage b)
    {
        int order = (a.Location is null).CompareTo(b.Location is null);
        order = order != 0 ? order : string.CompareOrdinal(a.Location?.File, b.Location?.File);
        order = order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        order = order != 0 ? order : (a.Location?.Line ?? 0).CompareTo(b.Location?.Line ?? 0);
        return order != 0 ? order : a.Address.CompareTo(b.Address);
    }
}
