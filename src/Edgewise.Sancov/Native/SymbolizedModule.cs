using Edgewise.Symbols;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Sancov.Native;

/// <summary>What ran of a native binary, by source and function.</summary>
public sealed class SymbolizedModule : ICoveredModule
{
    private readonly List<SymbolizedPoint> _points;
    private List<FunctionCoverage>? _functions;
    private CoverageSummary? _summary;

    private SymbolizedModule(NativeCoverage coverage, List<SymbolizedPoint> points)
    {
        Coverage = coverage;
        _points = points;
    }

    /// <summary>The binary's points and hits, nothing left out.</summary>
    public NativeCoverage Coverage { get; }

    /// <inheritdoc/>
    public string Name => Coverage.Name;

    /// <inheritdoc/>
    public CoverageSummary Summary => _summary ??= new CoverageSummary(
        Name, Functions().Count, Functions().Count(static function => function.IsCovered), _points.Count, _points.Count(static point => point.IsCovered));

    /// <summary>The points that are not left out, by PC.</summary>
    public IReadOnlyList<SymbolizedPoint> Points => _points;

    /// <inheritdoc/>
    public IReadOnlyList<FunctionCoverage> Functions() => _functions ??= FunctionTally.Count(_points);

    /// <summary>The same binary with more hits.</summary>
    /// <param name="isHit">Tells by its PC whether a point was hit besides.</param>
    public SymbolizedModule With(Func<ulong, bool> isHit) =>
        new(Coverage, [.. _points.Select(point => point.IsCovered || !isHit(point.Pc) ? point : point with { IsCovered = true })]);

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
        List<string> told = [];
        ulong[][] pcs = [.. modules.Select(module => options.CoveredAlone ? module.CoveredPcs() : module.Points.Pcs.ToArray())];
        Frame[][][] frames = Ask(modules, pcs, options, told);
        if (options.CoveredAlone && !frames.All(static module => module.All(static point => point.All(HasDeclaration))))
        {
            // The first line with a point, or the first PC, stands for a declaration, and that may be of a point that did not run.
            told.Clear();
            pcs = [.. modules.Select(static module => module.Points.Pcs.ToArray())];
            frames = Ask(modules, pcs, options, told);
        }

        foreach (string warning in told)
        {
            warnings.Add(warning);
        }

        return [.. modules.Select((module, index) => new SymbolizedModule(module, Locate(module, pcs[index], frames[index], options, ignored, paths)))];
    }

    private static Frame[][][] Ask(IReadOnlyList<NativeCoverage> modules, ulong[][] pcs, NativeOptions options, ICollection<string> warnings) =>
        AddressNames.Find([.. modules.Select((module, index) => new AddressList(module.Points.File, pcs[index]))], options.Symbolizer, warnings);

    private static bool HasDeclaration(Frame frame) => frame.Declaration is { Line: > 0 };

    private static List<SymbolizedPoint> Locate(NativeCoverage module, ulong[] pcs, Frame[][] frames, NativeOptions options, IgnoreList ignored, SourcePaths paths)
    {
        List<SymbolizedPoint> points = new(frames.Length);
        for (int i = 0; i < frames.Length; i++)
        {
            Frame[] plain = frames[i];
            for (int frame = 0; frame < plain.Length; frame++)
            {
                plain[frame] = WithPaths(plain[frame], paths);
            }

            // What was inlined from a header that is left out belongs to that header, not to whom it was inlined into.
            int count = CountIgnored(plain, ignored);
            if (count < plain.Length && !IsIgnored(plain[0], ignored) && !ignored.HasFunction(plain[^1].Function))
            {
                points.Add(new SymbolizedPoint(pcs[i], module.IsHit(pcs[i]), count == 0 ? plain : Array.FindAll(plain, frame => !IsIgnored(frame, ignored))));
            }
        }

        if (options.SkipDeadFiles)
        {
            HashSet<object> alive = new(ReferenceEqualityComparer.Instance);
            foreach (SymbolizedPoint point in points)
            {
                for (int frame = 0; point.IsCovered && frame < point.Frames.Count; frame++)
                {
                    alive.Add(FileOf(point.Frames[frame]));
                }
            }

            points.RemoveAll(point => !IsAlive(point, alive));
        }

        return points;
    }

    private static bool IsAlive(SymbolizedPoint point, HashSet<object> alive)
    {
        string? last = null;
        for (int i = 0; i < point.Frames.Count; i++)
        {
            string file = FileOf(point.Frames[i]);
            if (!ReferenceEquals(file, last) && alive.Contains(file))
            {
                return true;
            }

            last = file;
        }

        return false;
    }

    private static int CountIgnored(Frame[] frames, IgnoreList ignored)
    {
        int count = 0;
        foreach (Frame frame in frames)
        {
            count += IsIgnored(frame, ignored) ? 1 : 0;
        }

        return count;
    }

    private static bool IsIgnored(Frame frame, IgnoreList ignored) =>
        (frame.Location is { } location && ignored.HasSource(location.File)) || ignored.HasFunction(frame.Function);

    private static Frame WithPaths(Frame frame, SourcePaths paths)
    {
        string? file = frame.Location?.File, declaring = frame.Declaration?.File;
        string? plain = file is null ? null : paths.Of(file), plainDeclaring = declaring is null ? null : paths.Of(declaring);
        return ReferenceEquals(file, plain) && ReferenceEquals(declaring, plainDeclaring)
            ? frame
            : frame with
            {
                Location = frame.Location is { } location ? location with { File = plain! } : null,
                Declaration = frame.Declaration is { } declaration ? declaration with { File = plainDeclaring! } : null,
            };
    }

    private static string FileOf(Frame frame) => frame.Location?.File ?? "";
}
