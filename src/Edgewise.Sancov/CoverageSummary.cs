using Edgewise.Runtime.Formats;
using Edgewise.Symbols;

namespace Edgewise.Sancov;

/// <summary>How much of a module ran.</summary>
/// <param name="ModuleName">File name of the module.</param>
/// <param name="FunctionCount">Functions (methods that a user wrote) with points, without excluded ones unless asked.</param>
/// <param name="CoveredFunctionCount">Those of them with a point that was hit.</param>
/// <param name="EdgeCount">Points; "edges" is what LLVM's <c>sancov</c> calls them.</param>
/// <param name="CoveredEdgeCount">Points that were hit.</param>
/// <param name="ExcludedFunctionCount">Functions that are wholly left out of the counts above for <c>[ExcludeFromCodeCoverage]</c>.</param>
/// <param name="ExcludedEdgeCount">Points that are left out for it.</param>
public sealed record CoverageSummary(
    string ModuleName,
    int FunctionCount,
    int CoveredFunctionCount,
    int EdgeCount,
    int CoveredEdgeCount,
    int ExcludedFunctionCount = 0,
    int ExcludedEdgeCount = 0)
{
    /// <summary>Covered edges in percent of all; 0 where there are none.</summary>
    public double EdgePercent => EdgeCount == 0 ? 0 : 100.0 * CoveredEdgeCount / EdgeCount;

    /// <summary>Counts what ran of a module.</summary>
    /// <param name="points">The module's point set.</param>
    /// <param name="hit">One byte a point; anything but zero is a hit.</param>
    /// <param name="symbols">The module's metadata, original or instrumented; null counts every instrumented method as a function and excludes nothing.</param>
    /// <param name="includeExcluded">True: <c>[ExcludeFromCodeCoverage]</c> leaves nothing out.</param>
    /// <exception cref="ArgumentException"><paramref name="hit"/> has not one element a point.</exception>
    public static CoverageSummary Of(PointSet points, ReadOnlySpan<byte> hit, ModuleSymbols? symbols, bool includeExcluded = false) =>
        new ModuleCoverage(points, hit, symbols, includeExcluded).Summary;

    /// <summary>The sum over modules, under a name such as <c>total</c>.</summary>
    public static CoverageSummary Total(string name, IEnumerable<CoverageSummary> summaries)
    {
        CoverageSummary total = new(name, 0, 0, 0, 0);
        foreach (CoverageSummary summary in summaries)
        {
            total = new CoverageSummary(
                name,
                total.FunctionCount + summary.FunctionCount,
                total.CoveredFunctionCount + summary.CoveredFunctionCount,
                total.EdgeCount + summary.EdgeCount,
                total.CoveredEdgeCount + summary.CoveredEdgeCount,
                total.ExcludedFunctionCount + summary.ExcludedFunctionCount,
                total.ExcludedEdgeCount + summary.ExcludedEdgeCount);
        }

        return total;
    }
}
