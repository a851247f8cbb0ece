using Edgewise.Native;
using Edgewise.Report;
using Edgewise.Report.Model;

namespace Edgewise.Cli.Commands.Report;

/// <summary>The map of a process with the native runtime.</summary>
internal sealed class ReportNativeMap : IReportMap
{
    private readonly NativeCoverage _coverage;

    /// <summary>Opens a map, with the tables beside it.</summary>
    /// <exception cref="Runtime.Formats.CoverageFormatException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ReportNativeMap(string path) => _coverage = NativeCoverage.Open(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ModulePaths => [.. _coverage.Objects.Where(image => _coverage.Modules.Any(module => module.Image == image)).Select(static image => image.Path).Distinct()];

    /// <inheritdoc/>
    public IReadOnlyList<string> Dump(string folder) => NativeDump.Write(_coverage, folder);

    /// <inheritdoc/>
    public IReadOnlyList<PointHits> Read()
    {
        _coverage.Refresh();
        return [.. _coverage.Objects.Select(HitsOf).Where(static hits => hits.Counts.Count > 0)];
    }

    /// <inheritdoc/>
    public void Dispose() => _coverage.Dispose();

    // An object built with several features has several counters a point: the one that tells most counts.
    private PointHits HitsOf(NativeObject image)
    {
        Dictionary<ulong, HitCount> counts = [];
        foreach (NativeModule module in _coverage.Modules.Where(module => module.Image == image))
        {
            ReadOnlySpan<byte> counters = _coverage.Counters(module);
            for (int point = 0; point < counters.Length; point++)
            {
                ulong pc = _coverage.Pc(module, point);
                if (pc != 0)
                {
                    bool isLimit = counters[point] == byte.MaxValue || module.Kind == NativeModuleKind.Flags;
                    HitCount count = new(counters[point], counters[point] > 0 && isLimit);
                    counts[pc] = counts.TryGetValue(pc, out HitCount known) ? HitCount.Max(known, count) : count;
                }
            }

            // A counter that wrapped, or was cleared: how often is lost, that it ran is not.
            foreach (ulong pc in _coverage.CoveredPcs(module).Where(pc => counts.GetValueOrDefault(pc).Count == 0))
            {
                counts[pc] = new HitCount(1, OrMore: true);
            }
        }

        return new PointHits(image.Name, image.BuildId, counts);
    }
}
