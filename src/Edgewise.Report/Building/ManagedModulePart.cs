using Edgewise.Report.Model;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Symbols;

namespace Edgewise.Report.Building;

/// <summary>
/// Adds a .NET module to a report. A block has the lines of the statements that it overlaps; where it has no point, those that imply it tell whether it ran.
/// Under <c>--prune llvm</c> that is no more than an inference, and shown as such.
/// </summary>
internal sealed class ManagedModulePart(ReportBuilder report, ModuleCoverage module)
{
    private const int LongestStatement = 10_000;

    private readonly string _identity = Convert.ToHexStringLower(module.Points.OriginalHash);
    private readonly bool _isInferred = module.Points.Pruning == Pruning.Llvm;
    private readonly IReadOnlyDictionary<ulong, HitCount>? _hits = report.HitsOf(module.Name, Convert.ToHexStringLower(module.Points.OriginalHash));
    private readonly bool[] _covered = module.Points.CoveredBlocks(module.Hit);

    public void Add()
    {
        report.Add(new ReportModule(module.Name, _identity, module.Summary));
        Dictionary<int, HitCount?> entries = [];
        foreach ((int userToken, PointMethod method) in module.Methods)
        {
            if (method.Token == userToken)
            {
                PointBlock entry = module.Points.Blocks[method.FirstBlock];
                entries[userToken] = entry.Point < 0 ? null : HitsOf(entry.Point);
            }

            AddLines(method);
        }

        // Those with lines come first: what a compiler made of a type goes where the type is written.
        Dictionary<string, FileBuilder> types = [];
        foreach (FunctionCoverage function in module.Functions())
        {
            Add(function, entries.GetValueOrDefault(function.Token), types);
        }

        CountOwnless();
        AddDocuments();
    }

    // Code that a compiler made for the whole module is no function of anybody's; its points count.
    private void CountOwnless()
    {
        int points = module.Summary.EdgeCount - module.Methods.Sum(static part => part.Method.PointCount);
        if (points > 0)
        {
            int covered = module.Summary.CoveredEdgeCount - module.Functions().Sum(static function => function.CoveredPointCount);
            report.FileWithoutSource($"{module.Name}/(made by the compiler)").Count(points, covered);
        }
    }

    private void Add(FunctionCoverage function, HitCount? hits, Dictionary<string, FileBuilder> types)
    {
        string type = module.Symbols?.TypeNameOf(function.Token) ?? "";
        string name = function.Name;
        FileBuilder? file;
        if (function.Location is { File.Length: > 0 } place)
        {
            file = report.FileOf(place.File);
            types.TryAdd(type, file);
        }
        else if (!types.TryGetValue(type, out file))
        {
            name = type.Length > 0 && name.Length > type.Length ? name[(type.Length + 1)..] : name;
            file = report.FileWithoutSource(FileOf(type));
        }

        file.Add(new ReportFunction(name, function.Location?.Line ?? 0, function.PointCount, function.CoveredPointCount, hits, module.Name));
        file.Count(function.PointCount, function.CoveredPointCount);
    }

    // Without debug information, the type takes the place of the file and its namespace that of the folder.
    private string FileOf(string type)
    {
        int end = type.IndexOf('+', StringComparison.Ordinal);
        int space = type.LastIndexOf('.', end < 0 ? Math.Max(type.Length - 1, 0) : end);
        return space <= 0 ? $"{module.Name}/{type}".TrimEnd('/') : $"{module.Name}/{type[..space]}/{type[(space + 1)..]}";
    }

    private void AddDocuments()
    {
        HashSet<string> seen = [];
        foreach (SourceDocument document in module.Symbols?.Documents() ?? [])
        {
            if (report.Find(document.File) is { } file && seen.Add(document.File))
            {
                file.Document ??= document;
                file.IsPathTrusted = true;
            }
        }
    }

    private void AddLines(PointMethod method)
    {
        if (module.Symbols?.RangesOf(method.Token) is not { Count: > 0 } ranges)
        {
            return;
        }

        int function = report.NumberOf((_identity, method.Token));
        for (int b = method.FirstBlock; b < method.FirstBlock + method.BlockCount; b++)
        {
            PointBlock block = module.Points.Blocks[b];
            if (block.Point < 0 && block.ImplyingCount == 0)
            {
                continue;
            }

            LineState state = block.Point < 0 && _isInferred ? LineState.Implied : _covered[b] ? LineState.Covered : LineState.Uncovered;
            HitCount? hits = block.Point < 0 ? null : HitsOf(block.Point)?.AtLeast(_covered[b]);
            if (block.Point >= 0)
            {
                SourceRange at = ranges[IndexAt(ranges, module.Points.Pcs[block.Point] - method.Rva)];
                Add(at.File, new LineSample(at.Line, function, 0, state, SampleWeight.Point, hits));
            }

            if (!block.IsEdge)
            {
                AddBlock(block, ranges, new LineSample(0, function, 0, state, SampleWeight.Block, hits));
            }
        }
    }

    private void AddBlock(PointBlock block, IReadOnlyList<SourceRange> ranges, LineSample sample)
    {
        for (int i = IndexAt(ranges, block.Start); i < ranges.Count && (ranges[i].Offset < block.Start + block.Length); i++)
        {
            SourceRange range = ranges[i];
            Add(range.File, sample with { Line = range.Line });

            // Further lines of a statement; one that is longer than any that people write is damage.
            for (int line = range.Line + 1; line <= range.EndLine && line - range.Line < LongestStatement; line++)
            {
                Add(range.File, sample with { Line = line, Weight = SampleWeight.Continuation });
            }
        }
    }

    private void Add(string file, in LineSample sample)
    {
        if (file.Length > 0)
        {
            report.FileOf(file).Add(sample);
        }
    }

    // The last range at an offset or before it, else the first.
    private static int IndexAt(IReadOnlyList<SourceRange> ranges, int offset)
    {
        int low = 0, high = ranges.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = ranges[middle].Offset <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private HitCount? HitsOf(int point) =>
        _hits is null ? null : _hits.TryGetValue((uint)module.Points.Pcs[point], out HitCount count) ? count : new HitCount(0, OrMore: false);
}
