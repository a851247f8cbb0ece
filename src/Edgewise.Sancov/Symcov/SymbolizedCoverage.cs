using System.Globalization;
using System.Security.Cryptography;
using Edgewise.Sancov.Native;
using Edgewise.Symbols;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Sancov.Symcov;

/// <summary>A <c>.symcov</c>: points by source, function and line, and which of them ran. What LLVM's <c>sancov -symbolize</c> writes.</summary>
public sealed class SymbolizedCoverage : ICoveredModule
{
    /// <summary>Makes coverage of points.</summary>
    /// <param name="name">File name, for messages and headings.</param>
    /// <param name="binaryHash">SHA-1 of the binary in upper-case hex; empty for several binaries.</param>
    /// <param name="coveredPoints">Ids of the points that ran.</param>
    /// <param name="points">Points in the order of their binary: a row for each function that a point stands in.</param>
    public SymbolizedCoverage(string name, string binaryHash, IEnumerable<string> coveredPoints, IReadOnlyList<SymcovPoint> points)
    {
        Name = name;
        BinaryHash = binaryHash;
        CoveredPoints = new SortedSet<string>(coveredPoints, StringComparer.Ordinal);
        Points = points;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>SHA-1 of the binary in upper-case hex; empty for several binaries.</summary>
    public string BinaryHash { get; }

    /// <summary>Ids of the points that ran: PCs in lower-case hex.</summary>
    public IReadOnlySet<string> CoveredPoints { get; }

    /// <summary>All points: a row for each function that one stands in.</summary>
    public IReadOnlyList<SymcovPoint> Points { get; }

    /// <inheritdoc/>
    public CoverageSummary Summary
    {
        get
        {
            HashSet<string> all = [.. Points.Select(static point => point.Id)];
            IReadOnlyList<FunctionCoverage> functions = Functions();
            return new CoverageSummary(
                Name, functions.Count, functions.Count(static function => function.IsCovered), all.Count, all.Count(CoveredPoints.Contains));
        }
    }

    /// <summary>The coverage of a binary.</summary>
    public static SymbolizedCoverage Of(SymbolizedModule module)
    {
        List<SymcovPoint> points = new(3 * module.Points.Count);
        foreach (SymbolizedPoint point in module.Points)
        {
            string id = Id(point.Pc);
            int first = points.Count;
            for (int i = 0; i < point.Frames.Count; i++)
            {
                Frame frame = point.Frames[i];
                SourceLocation place = frame.Location ?? new SourceLocation("", 0, 0);
                if (!Holds(points, first, place.File, frame.Function))
                {
                    points.Add(new SymcovPoint(id, place.File, frame.Function, place.Line, place.Column));
                }
            }
        }

#pragma warning disable CA5350 // The format has SHA-1, to tell builds apart and not to keep anything safe.
        string hash = Convert.ToHexString(SHA1.HashData(module.Coverage.Points.File.Content.Span));
#pragma warning restore CA5350
        return new SymbolizedCoverage(module.Name, hash, module.Points.Where(static point => point.IsCovered).Select(static point => Id(point.Pc)), points);
    }

    /// <summary>
    /// Unites coverage. Points of one binary are one point; of several binaries, each id gets the number of its binary before it, as LLVM writes it for each input.
    /// </summary>
    /// <param name="parts">Coverage, of one binary or of several; that with an empty hash is of a binary of its own.</param>
    public static SymbolizedCoverage Merge(IReadOnlyList<SymbolizedCoverage> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        List<List<SymbolizedCoverage>> binaries = [];
        foreach (SymbolizedCoverage part in parts)
        {
            if (part.BinaryHash.Length > 0 && binaries.Find(binary => binary[0].BinaryHash == part.BinaryHash) is { } same)
            {
                same.Add(part);
            }
            else
            {
                binaries.Add([part]);
            }
        }

        List<SymcovPoint> points = [];
        List<string> covered = [];
        for (int i = 0; i < binaries.Count; i++)
        {
            string prefix = binaries.Count > 1 ? i.ToString(CultureInfo.InvariantCulture) : "";
            points.AddRange(binaries[i].SelectMany(static part => part.Points)
                .DistinctBy(static point => (point.Id, point.File, point.Function))
                .Select(point => point with { Id = prefix + point.Id }));
            covered.AddRange(binaries[i].SelectMany(static part => part.CoveredPoints).Select(id => prefix + id));
        }

        return new SymbolizedCoverage(parts[0].Name, binaries.Count == 1 ? parts[0].BinaryHash : "", covered, points);
    }

    /// <inheritdoc/>
    public IReadOnlyList<FunctionCoverage> Functions()
    {
        List<FunctionCoverage> functions = [];
        foreach (IGrouping<(string File, string Function), SymcovPoint> group in Points.GroupBy(static point => (point.File, point.Function)))
        {
            SymcovPoint first = group.MinBy(static point => ((long)point.Line << 32) | (uint)point.Column)!;
            functions.Add(new FunctionCoverage(
                first.Function, 0, 0, new SourceLocation(first.File, first.Line, first.Column), group.Count(), group.Count(point => CoveredPoints.Contains(point.Id))));
        }

        functions.Sort(FunctionCoverage.Compare);
        return functions;
    }

    private static bool Holds(List<SymcovPoint> points, int first, string file, string function)
    {
        for (int i = first; i < points.Count; i++)
        {
            if (points[i].File == file && points[i].Function == function)
            {
                return true;
            }
        }

        return false;
    }

    private static string Id(ulong pc) => pc.ToString("x", CultureInfo.InvariantCulture);
}
