using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Formats.Legacy;

namespace Edgewise.Runtime.Dump;

/// <summary>Writes the formats of 2016 into a folder and keeps the names of what it wrote.</summary>
/// <param name="directory">The folder.</param>
/// <param name="processId">The process that was measured.</param>
/// <param name="options">Which formats.</param>
internal sealed class LegacyDump(string directory, int processId, DumpOptions options)
{
    private readonly List<string> _files = [];

    /// <summary>Names of the files, in the order in which they were written: that of the runtime of 2016.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Events that were recorded and are in no file.</summary>
    public long LostEventCount { get; private set; }

    /// <summary>Writes what stands in a file of its own for each module.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public void WriteModules(IReadOnlyList<DumpedModule> modules)
    {
        foreach (DumpedModule module in modules)
        {
            Write(DumpFormats.Bitset, FileNames.Bitset(module.Name, processId), () => BitsetFile.Encode(module.Counters));
            Write(DumpFormats.Counters, FileNames.Counters(module.Name, processId), () => CountersFile.Encode(module.Counters));
        }
    }

    /// <summary>Writes what holds the PCs of all modules.</summary>
    /// <inheritdoc cref="WriteModules"/>
    public void WriteProcess(IReadOnlyList<DumpedModule> modules)
    {
        Write(DumpFormats.Packed, FileNames.Packed(processId), () => PackedFile.Encode(
            processId,
            modules.Select(static module => (FileNames.Plain(module.Name), Pcs: module.CoveredPcs())).Where(static module => module.Pcs.Length > 0)
                .Select(static module => (module.Item1, SancovFile.Encode(module.Pcs))),
            options.PackedBlockSize));
        // The map first: whoever finds the PCs finds whose they are.
        Write(DumpFormats.Raw, FileNames.RawMap(processId), () => RawFile.EncodeMap(
            modules.Select(static module => (module.Name, module.Points.Pcs.Length == 0 ? 1 : module.Points.Pcs.Max() + 1))));
        Write(DumpFormats.Raw, FileNames.Raw(processId), () => RawFile.Encode([.. modules.Select(static module => (module.Points.Pcs, module.Counters))]));
    }

    /// <summary>Writes indirect calls and traces, where there are any.</summary>
    /// <param name="flow">What was recorded.</param>
    /// <param name="modules">All copies of all modules, with the numbers of their points.</param>
    /// <inheritdoc cref="WriteModules"/>
    public void WriteFlow(RecordedFlow flow, IReadOnlyList<DumpModule> modules)
    {
        if (flow.Traces.Count > 0)
        {
            var points = new TracedPoints(modules);
            Write(FileNames.TracePoints(processId), TraceFile.EncodePoints(points.Places, options.StripPathPrefix));
            Write(FileNames.TraceUnits(processId), TraceFile.EncodeUnits(points.ModuleNames));
            foreach (ThreadTrace trace in flow.Traces)
            {
                uint[] events = points.Number(trace.Points, out int strangers);
                LostEventCount += trace.LostCount + strangers;
                Write(FileNames.TraceEvents(processId, trace.Thread), TraceFile.EncodeEvents(events));
            }
        }

        if (flow.Calls.Count > 0)
        {
            Write(FileNames.CallerCallee(processId), CallerCalleeFile.Encode(flow.Calls, options.StripPathPrefix));
        }

        if (flow.Compares is { Length: > 0 } compares)
        {
            Write(FileNames.Compares(processId), compares);
        }
    }

    private void Write(DumpFormats format, string name, Func<byte[]> content)
    {
        if (options.Formats.HasFlag(format))
        {
            Write(name, content());
        }
    }

    private void Write(string name, byte[] content)
    {
        AtomicFile.Write(Path.Combine(directory, name), content);
        _files.Add(name);
    }
}
