using Edgewise.Report;
using Edgewise.Report.Model;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands.Report;

/// <summary>The map of a .NET process, with point sets beside it.</summary>
internal sealed class ReportManagedMap : IReportMap
{
    private readonly MapFile _map;
    private readonly Dictionary<string, PointSet> _points = [];

    /// <summary>Opens a map.</summary>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ReportManagedMap(string path) => _map = MapFile.Open(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ModulePaths => [.. _map.Modules.Select(static module => module.Path).Where(static path => path.Length > 0).Distinct()];

    /// <inheritdoc/>
    public IReadOnlyList<string> Dump(string folder)
    {
        _map.Refresh();
        RunRecord run = new() { ToolVersion = "", Program = "", Arguments = [], ProcessId = _map.ProcessId, End = RunEnd.Unknown };
        RunRecord written = DumpWriter.Write(folder, run, DumpWriter.FromMap(_map, PointsOf));
        return [.. written.Modules.SelectMany(static module => (string?[])[module.SancovFile, module.PointsFile]).OfType<string>().Distinct().Select(file => Path.Combine(folder, file))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<PointHits> Read()
    {
        _map.Refresh();
        List<PointHits> hits = [];
        foreach (DumpModule module in DumpWriter.FromMap(_map, PointsOf))
        {
            Dictionary<ulong, HitCount> counts = new(module.Counters.Length);
            for (int point = 0; point < module.Counters.Length; point++)
            {
                counts[(uint)module.Points.Pcs[point]] = new HitCount(module.Counters[point], OrMore: module.Counters[point] == byte.MaxValue);
            }

            hits.Add(new PointHits(module.Points.ModuleName, Convert.ToHexStringLower(module.Points.OriginalHash), counts));
        }

        return hits;
    }

    /// <inheritdoc/>
    public void Dispose() => _map.Dispose();

    private PointSet? PointsOf(MapModule module)
    {
        // The name is from a file, and never leaves the map's folder.
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_map.Path))!, Path.GetFileName(module.PointsFile));
        if (!_points.TryGetValue(path, out PointSet? points))
        {
            _points[path] = points = module.PointsFile.Length > 0 && File.Exists(path)
                ? PointSetCodec.Read(File.ReadAllBytes(path), path)
                : throw new CoverageFormatException($"{_map.Path}: the point set of {module.Name} is not beside it");
        }

        return points;
    }
}
