using Edgewise.Report.Model;
using Edgewise.Sancov;
using Edgewise.Sancov.Native;
using Edgewise.Symbols;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Report.Building;

/// <summary>Adds a native binary to a report. A point stands on the line of its innermost function; the calls that were inlined around it are lines it only passes.</summary>
internal sealed class NativeModulePart(ReportBuilder report, SymbolizedModule module)
{
    private readonly IReadOnlyDictionary<ulong, HitCount>? _hits = report.HitsOf(module.Name, module.Coverage.Points.File.BuildId ?? "");
    private readonly Dictionary<(string? File, string Name), HitCount> _entries = [];

    // Functions that ran where they were inlined: how often, no counter tells.
    private readonly HashSet<(string? File, string Name)> _ranInline = [];

    public void Add()
    {
        report.Add(new ReportModule(module.Name, module.Coverage.Points.File.BuildId ?? "", module.Summary));
        DateTime builtAt = File.GetLastWriteTimeUtc(module.Coverage.Points.File.Path);
        foreach (SymbolizedPoint point in module.Points)
        {
            Add(point, builtAt);
        }

        foreach (FunctionCoverage function in module.Functions())
        {
            FileOf(function.Location?.File).Add(new ReportFunction(
                function.Name, function.Location?.Line ?? 0, function.PointCount, function.CoveredPointCount, EntriesOf(function), module.Name));
        }
    }

    private void Add(SymbolizedPoint point, DateTime builtAt)
    {
        HitCount? hits = _hits is null ? null : _hits.GetValueOrDefault(point.Pc).AtLeast(point.IsCovered);
        LineState state = point.IsCovered ? LineState.Covered : LineState.Uncovered;
        NoteEntry(point, hits);
        FileOf(point.Frames[0].Location?.File).Count(1, point.IsCovered ? 1 : 0);
        for (int i = 0; i < point.Frames.Count; i++)
        {
            if (point.Frames[i].Location is not { Line: > 0 } place)
            {
                continue;
            }

            FileBuilder file = report.FileOf(place.File);
            file.IsPathTrusted = true;
            file.BuiltAt = file.BuiltAt > builtAt ? file.BuiltAt : builtAt;
            SampleWeight weight = i == 0 ? SampleWeight.Point : SampleWeight.Call;
            file.Add(new LineSample(place.Line, FunctionOf(point.Frames[i]), CopyOf(point.Frames, i), state, weight, hits));
        }
    }

    // The first point of a function that is not inlined is its entry.
    private void NoteEntry(SymbolizedPoint point, HitCount? hits)
    {
        for (int i = 0; hits is { } count && i < point.Frames.Count; i++)
        {
            (string?, string) function = ((point.Frames[i].Declaration ?? point.Frames[i].Location)?.File, point.Frames[i].Function);
            if (i == 0 && point.Frames.Count == 1)
            {
                _entries.TryAdd(function, count);
            }
            else if (i < point.Frames.Count - 1 && count.Count > 0)
            {
                _ranInline.Add(function);
            }
        }
    }

    private HitCount? EntriesOf(FunctionCoverage function)
    {
        (string?, string) key = (function.Location?.File, function.Name);
        HitCount? own = _entries.TryGetValue(key, out HitCount found) ? found : null;
        return _ranInline.Contains(key) ? new HitCount(Math.Max(own?.Count ?? 0, 1), OrMore: true) : own;
    }

    // Instances of a template are declared in one place, and are one function of the source.
    private int FunctionOf(Frame frame) => report.NumberOf(frame.Declaration is { } declared ? declared : frame.Function);

    private FileBuilder FileOf(string? path) => string.IsNullOrEmpty(path) ? report.FileWithoutSource(module.Name) : report.FileOf(path);

    private int CopyOf(IReadOnlyList<Frame> frames, int index)
    {
        HashCode copy = new();
        copy.Add(frames[index].Function);
        for (int i = index + 1; i < frames.Count; i++)
        {
            copy.Add(frames[i].Function);
            copy.Add(frames[i].Location);
        }

        return report.NumberOf((module.Name, copy.ToHashCode()));
    }
}
