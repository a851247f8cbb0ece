using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Options;

namespace Edgewise.Runtime.Trace;

/// <summary>What the owner of the coverage map keeps beside counters: indirect calls and traces.</summary>
internal sealed unsafe class Recording
{
    private readonly CoverageMap _map;
    private readonly RuntimeOptions _options;
    private readonly TraceBuffers _traces;
    private readonly nint _calls = Trace.CallPairs.Allocate();

    /// <summary>Prepares it; nothing is taken until something is recorded.</summary>
    public Recording(CoverageMap map, RuntimeOptions options)
    {
        _map = map;
        _options = options;
        _traces = new TraceBuffers(options.Trace ? options.TraceEvents : 0, map.FilePath, Notice.Write);
    }

    /// <summary>The address that every copy of the Runtime shares.</summary>
    public nint CallPairs()
    {
        _map.KeepPointNumbers();
        return _calls;
    }

    /// <summary>See <see cref="TraceBuffers.Continue"/>.</summary>
    public nint ContinueTrace(nint cursor)
    {
        if (cursor == 0)
        {
            _map.KeepPointNumbers();
        }

        return (nint)_traces.Continue((TraceCursor*)cursor);
    }

    /// <summary>What was recorded until now.</summary>
    /// <param name="modules">The modules, for the places of points.</param>
    public RecordedFlow Collect(IReadOnlyList<DumpModule> modules) =>
        CollectForParent(modules) with { Traces = _options.Trace ? _traces.Collect() : [] };

    /// <summary>The same without traces: those of a process under the map of a parent lie in files that the parent reads.</summary>
    public RecordedFlow CollectForParent(IReadOnlyList<DumpModule> modules) =>
        new(_options.CallerCallee ? Calls(modules) : [], [], _options.TraceCmp ? ComparesFile.Encode(Coverage.Modules) : null);

    /// <summary>Removes files in which threads kept their events.</summary>
    /// <exception cref="IOException">One cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be removed.</exception>
    public void DeleteFiles() => _traces.DeleteFiles();

    private List<CallPair> Calls(IReadOnlyList<DumpModule> modules)
    {
        var pairs = new List<CallPair>();
        foreach ((int site, long callee) in new CallPairs(_calls).ToList())
        {
            pairs.Add(new CallPair(PlaceOfSite(modules, site), CalleeIds.PlaceOf(callee, point => PlaceOf(modules, point))));
        }

        pairs.Sort(static (a, b) =>
        {
            int order = string.CompareOrdinal(a.Caller.Module, b.Caller.Module);
            order = order != 0 ? order : a.Caller.Offset.CompareTo(b.Caller.Offset);
            order = order != 0 ? order : string.CompareOrdinal(a.Callee.Module, b.Callee.Module);
            return order != 0 ? order : a.Callee.Offset.CompareTo(b.Callee.Offset);
        });
        return pairs;
    }

    private static CodePlace PlaceOfSite(IReadOnlyList<DumpModule> modules, int site)
    {
        foreach (DumpModule module in modules)
        {
            if (module.FirstSite >= 0 && site >= module.FirstSite && site - module.FirstSite < module.Points.Sites.Length)
            {
                return new CodePlace(module.Path.Length == 0 ? module.Points.ModuleName : module.Path, (ulong)module.Points.Sites[site - module.FirstSite].Pc);
            }
        }

        return CodePlace.Unknown;
    }

    private static CodePlace PlaceOf(IReadOnlyList<DumpModule> modules, int point)
    {
        foreach (DumpModule module in modules)
        {
            if (module.FirstPoint >= 0 && point >= module.FirstPoint && point - module.FirstPoint < module.Points.PointCount)
            {
                return new CodePlace(module.Path.Length == 0 ? module.Points.ModuleName : module.Path, (ulong)module.Points.Pcs[point - module.FirstPoint]);
            }
        }

        return CodePlace.Unknown;
    }
}
