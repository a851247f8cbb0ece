using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Trace;

namespace Edgewise.Runtime.Dump;

/// <summary>
/// Writes what a run leaves: a <c>.sancov</c> for each module with a hit point, the point set of every module, and <c>run.&lt;pid&gt;.json</c>.
/// </summary>
public static class DumpWriter
{
    /// <summary>Writes the files of a run into a folder, which is made where it is missing and never cleared.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="run">What ran; its modules and files are filled in here.</param>
    /// <param name="modules">The modules. Those of one build and point set (in several load contexts, say) are united.</param>
    /// <param name="options">Which formats of 2016 are written, too; null for none.</param>
    /// <param name="flow">Indirect calls and traces, where there are any.</param>
    /// <returns>The record as written, with the name of each file.</returns>
    /// <exception cref="IOException">A file cannot be written. Files are written whole, so those that are there are good.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    /// <exception cref="ArgumentException">A module has not one counter a point.</exception>
    public static RunRecord Write(
        string directory, RunRecord run, IEnumerable<DumpModule> modules, DumpOptions? options = null, RecordedFlow? flow = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(modules);
        DumpModule[] copies = [.. modules];
        IReadOnlyList<DumpedModule> united = DumpedModule.Unite(copies);
        Directory.CreateDirectory(directory);
        var legacy = new LegacyDump(directory, run.ProcessId, options ?? new DumpOptions());
        legacy.WriteModules(united);
        legacy.WriteProcess(united);
        legacy.WriteFlow(flow ?? RecordedFlow.None, copies);
        RunRecord record = run with
        {
            Modules = [.. united.Select(module => WriteModule(directory, run.ProcessId, module))],
            Files = legacy.Files,
            LostEventCount = legacy.LostEventCount,
        };
        RunFile.Write(Path.Combine(directory, FileNames.Run(run.ProcessId)), record);
        return record;
    }

    /// <summary>Takes the modules of a map file whose point sets are known; also how the map that <c>coverage_direct=1</c> left is read back.</summary>
    /// <param name="map">The map, while its process runs or after that ended.</param>
    /// <param name="pointsOf">Finds a module's point set, or null where it is not to be had.</param>
    /// <exception cref="CoverageFormatException">The map is damaged, or a point set belongs to another build.</exception>
    /// <exception cref="IOException">The map cannot be read.</exception>
    public static IReadOnlyList<DumpModule> FromMap(MapFile map, Func<MapModule, PointSet?> pointsOf)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(pointsOf);
        var modules = new List<DumpModule>();
        foreach (MapModule module in map.Modules)
        {
            if (pointsOf(module) is not { } points)
            {
                continue;
            }

            if (points.PointCount != module.PointCount || !points.OriginalHash.AsSpan().SequenceEqual(module.OriginalHash))
            {
                throw new CoverageFormatException(
                    $"{map.Path}: {module.Name}: counters of {module.PointCount} points of {Convert.ToHexString(module.OriginalHash)}, "
                    + $"but a point set of {points.PointCount} of {Convert.ToHexString(points.OriginalHash)}");
            }

            modules.Add(new DumpModule(points, module.Path, map.ReadCounters(module)) { FirstPoint = (int)module.Offset });
        }

        return modules;
    }

    /// <summary>
    /// Writes the files of a process that ended with <c>coverage_direct=1</c> and could write none itself: from its map, and the point sets
    /// and traces that it left in the map's folder. They stay where they are.
    /// </summary>
    /// <param name="mapPath">The map.</param>
    /// <param name="directory">Folder to write to; null for the map's.</param>
    /// <param name="options">Which formats of 2016 are written, too; null for none.</param>
    /// <exception cref="CoverageFormatException">The map, a point set or a trace is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public static RunRecord Recover(string mapPath, string? directory = null, DumpOptions? options = null)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(mapPath)) ?? ".";
        using MapFile map = MapFile.Open(mapPath);
        var run = new RunRecord { ToolVersion = Product.Version, Program = "", Arguments = [], ProcessId = map.ProcessId, End = RunEnd.Unknown };
        IReadOnlyList<DumpModule> modules = FromMap(map, module => module.PointsFile.Length == 0 ? null
            : PointsFile.Read(folder, module.PointsFile)
                ?? throw new CoverageFormatException($"{mapPath}: the point set of {module.Name}, {module.PointsFile}, is not beside it"));
        return Write(directory ?? folder, run, modules, options, new RecordedFlow([], TraceRemains.Read(mapPath)));
    }

    private static RunModule WriteModule(string directory, int processId, DumpedModule module)
    {
        string points = PointsFile.Write(directory, module.Points.ModuleName, module.Points.IdentityText, module.Set);
        ulong[] pcs = module.CoveredPcs();
        string? sancov = pcs.Length == 0 ? null : FileNames.Sancov(module.Name, processId);
        if (sancov is not null)
        {
            SancovFile.Write(Path.Combine(directory, sancov), pcs);
        }

        return new RunModule(
            module.Points.ModuleName,
            module.Path,
            Convert.ToHexString(module.Points.OriginalHash).ToLowerInvariant(),
            module.Points.PointCount,
            pcs.Length,
            sancov,
            points);
    }
}
