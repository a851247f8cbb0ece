using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Dump;

/// <summary>A build of a module with what all its copies in a process reached.</summary>
/// <param name="Points">Its point set.</param>
/// <param name="Path">Where the first copy was loaded from, or empty.</param>
/// <param name="Counters">One counter a point, added up over the copies.</param>
/// <param name="Set">The written point set.</param>
internal sealed record DumpedModule(PointSet Points, string Path, byte[] Counters, byte[] Set)
{
    private const int LongestPart = 120;

    /// <summary>What its files are called after: the module's name, or for a second build or point set of that name one that tells them apart.</summary>
    public string Name { get; private init; } = Points.ModuleName;

    /// <summary>PCs of the points that were reached, in the order of the points.</summary>
    public ulong[] CoveredPcs()
    {
        var pcs = new List<ulong>();
        for (int i = 0; i < Counters.Length; i++)
        {
            if (Counters[i] != 0)
            {
                pcs.Add((ulong)Points.Pcs[i]);
            }
        }

        return [.. pcs];
    }

    /// <summary>Puts the copies of each build together and gives each a name of its own.</summary>
    /// <exception cref="ArgumentException">A module has not one counter a point.</exception>
    public static IReadOnlyList<DumpedModule> Unite(IEnumerable<DumpModule> modules)
    {
        var united = new Dictionary<string, DumpedModule>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var order = new List<DumpedModule>();
        foreach (DumpModule module in modules)
        {
            PointSet points = module.Points;
            if (module.Counters.Length != points.PointCount)
            {
                throw new ArgumentException(
                    $"{points.ModuleName}: {module.Counters.Length} counters for {points.PointCount} points", nameof(modules));
            }

            byte[] set = PointSetCodec.Write(points);
            string checksum = PointSetCodec.ChecksumText(set);
            string key = Convert.ToHexString(points.OriginalHash) + checksum;
            if (united.TryGetValue(key, out DumpedModule? first))
            {
                first.Add(module.Counters);
                continue;
            }

            string name = FileNames.Plain(points.ModuleName);
            if (!names.Add(name))
            {
                // What tells the two apart must survive the longest name.
                name = $"{name[..Math.Min(name.Length, LongestPart)]}.{points.IdentityText}-{checksum}";
            }

            order.Add(new DumpedModule(points, module.Path, [.. module.Counters], set) { Name = name });
            united.Add(key, order[^1]);
        }

        return order;
    }

    private void Add(byte[] counters)
    {
        for (int i = 0; i < counters.Length; i++)
        {
            Counters[i] = (byte)Math.Min(Counters[i] + counters[i], byte.MaxValue);
        }
    }
}
