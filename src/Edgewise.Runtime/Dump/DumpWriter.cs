using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Dump;

/// <summary>
/// Writes what a run leaves: a <c>.sancov</c> for each module with a hit point, the point set of every module, and <c>run.&lt;pid&gt;.json</c>.
/// </summary>
public static class DumpWriter
{
    /// <summary>Writes the files of a run into a folder, which is made where it is missing and never cleared.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="run">What ran; its modules are filled in here.</param>
    /// <param name="modules">The modules. Those of one build and point set (in several load contexts, say) are united.</param>
    /// <returns>The record as written, with the name of each file.</returns>
    /// <exception cref="IOException">A file cannot be written. Files are written whole, so those that are there are good.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    /// <exception cref="ArgumentException">A module has not one counter a point.</exception>
    public static RunRecord Write(string directory, RunRecord run, IEnumerable<DumpModule> modules)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(modules);
        Directory.CreateDirectory(directory);
        var written = new List<RunModule>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (DumpedModule module in Unite(modules))
        {
            // Two builds or point sets of one name in one process are rare; the second tells them apart in the file's name.
            string name = names.Add(FileNames.Plain(module.Points.ModuleName))
                ? module.Points.ModuleName
                : $"{module.Points.ModuleName}.{module.Points.IdentityText}-{module.Checksum}";
            written.Add(WriteModule(directory, run.ProcessId, name, module));
        }

        RunRecord record = run with { Modules = written };
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

            modules.Add(new DumpModule(points, module.Path, map.ReadCounters(module)));
        }

        return modules;
    }

    /// <summary>
    /// Writes the files of a process that ended with <c>coverage_direct=1</c> and could write none itself: from its map, and the point sets
    /// that it left in the map's folder, into that folder.
    /// </summary>
    /// <exception cref="CoverageFormatException">The map or a point set is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public static RunRecord Recover(string mapPath)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(mapPath)) ?? ".";
        using MapFile map = MapFile.Open(mapPath);
        var run = new RunRecord { ToolVersion = Product.Version, Program = "", Arguments = [], ProcessId = map.ProcessId, End = RunEnd.Unknown };
        return Write(directory, run, FromMap(map, module => PointsFile.Read(directory, module.PointsFile)));
    }

    private static Dictionary<string, DumpedModule>.ValueCollection Unite(IEnumerable<DumpModule> modules)
    {
        var united = new Dictionary<string, DumpedModule>();
        foreach (DumpModule module in modules)
        {
            PointSet points = module.Points;
            if (module.Counters.Length != points.PointCount)
            {
                throw new ArgumentException(
                    $"{points.ModuleName}: {module.Counters.Length} counters for {points.PointCount} points", nameof(modules));
            }

            byte[] set = PointSetCodec.Write(points);
            string key = Convert.ToHexString(points.OriginalHash) + PointSetCodec.ChecksumText(set);
            if (!united.TryGetValue(key, out DumpedModule? first))
            {
                united.Add(key, new DumpedModule(points, module.Path, [.. module.Counters], set));
                continue;
            }

            for (int i = 0; i < first.Counters.Length; i++)
            {
                first.Counters[i] = (byte)Math.Min(first.Counters[i] + module.Counters[i], byte.MaxValue);
            }
        }

        return united.Values;
    }

    private static RunModule WriteModule(string directory, int processId, string name, DumpedModule module)
    {
        string points = PointsFile.Write(directory, module.Points.ModuleName, module.Points.IdentityText, module.Set);
        ulong[] pcs = CoveredPcs(module);
        string? sancov = pcs.Length == 0 ? null : FileNames.Sancov(name, processId);
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

    private static ulong[] CoveredPcs(DumpedModule module)
    {
        var pcs = new List<ulong>();
        for (int i = 0; i < module.Counters.Length; i++)
        {
            if (module.Counters[i] != 0)
            {
                pcs.Add((ulong)module.Points.Pcs[i]);
            }
        }

        return [.. pcs];
    }

    private sealed record DumpedModule(PointSet Points, string Path, byte[] Counters, byte[] Set)
    {
        public string Checksum => PointSetCodec.ChecksumText(Set);
    }
}
