using Edgewise.Symbols;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Sancov.Native;

/// <summary>What ran of a native binary, by source and function.</summary>
public sealed class SymbolizedModule : ICoveredModule
{
    private readonly List<SymbolizedPoint> _points;
    private readonly List<FunctionCoverage> _functions;

    private SymbolizedModule(NativeCoverage coverage, List<SymbolizedPoint> points)
    {
        Coverage = coverage;
        _points = points;
        _functions = Group(points);
        Summary = new CoverageSummary(
            Name, _functions.Count, _functions.Count(static function => function.IsCovered), points.Count, points.Count(static point => point.IsCovered));
    }

    /// <summary>The binary's points and hits, nothing left out.</summary>
    public NativeCoverage Coverage { get; }

    /// <inheritdoc/>
    public string Name => Coverage.Name;

    /// <inheritdoc/>
    public CoverageSummary Summary { get; }

    /// <summary>The points that are not left out, by PC.</summary>
    public IReadOnlyList<SymbolizedPoint> Points => _points;

    /// <inheritdoc/>
    public IReadOnlyList<FunctionCoverage> Functions() => _functions;

    /// <summary>Names the points of binaries, all with one process.</summary>
    /// <param name="modules">The binaries.</param>
    /// <param name="options">What to leave out, and how to name.</param>
    /// <param name="warnings">Receives what a user should know.</param>
    /// <exception cref="SancovException">The ignore list cannot be read.</exception>
    /// <exception cref="SymbolsException">The symboliser that was asked for is not there.</exception>
    public static IReadOnlyList<SymbolizedModule> Symbolize(IReadOnlyList<NativeCoverage> modules, NativeOptions options, ICollection<string> warnings)
    {
        IgnoreList ignored = new(options.UseDefaultIgnoreList, options.IgnoreListFile);
        SourcePaths paths = new(options.StripPathPrefix);
        Frame[][][] frames = AddressNames.Find(
            [.. modules.Select(static module => new AddressList(module.Points.File, module.Points.Pcs.ToArray()))], options.Symbolizer, warnings);
        return [.. modules.Select((module, index) => new SymbolizedModule(module, Locate(module, frames[index], options, ignored, paths)))];
    }

    private static List<SymbolizedPoint> Locate(NativeCoverage module, Frame[][] frames, NativeOptions options, IgnoreList ignored, SourcePaths paths)
    {
        List<SymbolizedPoint> points = [];
        for (int i = 0; i < frames.Length; i++)
        {
            Frame[] plain = [.. frames[i].Select(frame => WithPaths(frame, paths))];

            // What was inlined from a header that is left out belongs to that header, not to whom it was inlined into.
            if (!IsIgnored(plain[0], ignored) && !ignored.HasFunction(plain[^1].Function))
            {
                points.Add(new SymbolizedPoint(module.Points.Pcs[i], module.Hit[i] != 0, [.. plain.Where(frame => !IsIgnored(frame, ignored))]));
            }
        }

        if (options.SkipDeadFiles)
        {
            HashSet<string> alive = [.. points.Where(static point => point.IsCovered).SelectMany(static point => point.Frames).Select(FileOf)];
            points.RemoveAll(point => !point.Frames.Any(frame => alive.Contains(FileOf(frame))));
        }

        return points;
    }

    private static bool IsIgnored(Frame frame, IgnoreList ignored) =>
        (frame.Location is { } location && ignored.HasSource(location.File)) || ignored.HasFunction(frame.Function);

    private static Frame WithPaths(Frame frame, SourcePaths paths) => frame with
    {
        Location = frame.Location is { } location ? location with { File = paths.Of(location.File) } : null,
        Declaration = frame.Declaration is { } declaration ? declaration with { File = paths.Of(declaration.File) } : null,
    };

    private static string FileOf(Frame frame) => frame.Location?.File ?? "";

    // A function is told from others by name and the file that declares it; where it was inlined, it is still one.
    private static List<FunctionCoverage> Group(List<SymbolizedPoint> points)
    {
        Dictionary<(string? File, string Name), FunctionCoverage> functions = [];
        HashSet<(string? File, string Name)> seen = [];
        foreach (SymbolizedPoint point in points)
        {
            seen.Clear();
            foreach (Frame frame in point.Frames)
            {
                SourceLocation? place = frame.Declaration ?? frame.Location;
                (string? File, string Name) key = (place?.File, frame.Function);
                bool isNew = seen.Add(key);
                FunctionCoverage known = functions.GetValueOrDefault(key) ?? new FunctionCoverage(frame.Function, 0, point.Pc, place, 0, 0);
                functions[key] = known with
                {
                    Location = First(known.Location, place),
                    PointCount = known.PointCount + (isNew ? 1 : 0),
                    CoveredPointCount = known.CoveredPointCount + (isNew && point.IsCovered ? 1 : 0),
                };
            }
        }

        List<FunctionCoverage> sorted = [.. functions.Values];
        sorted.Sort(FunctionCoverage.Compare);
        return sorted;
    }

    private static SourceLocation? First(SourceLocation? known, SourceLocation? place) =>
        known is { Line: > 0 } a && (place is not { Line: > 0 } b || a.Line <= b.Line) ? known : place;
}
