using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique;

/// <summary>How many edges the patch series' 12-bit hash takes for others, in made-up kernels.</summary>
/// <remarks>
/// Sites stand at even distances with some noise: 11 bytes on average on x86, 40 in a text of 4-byte instructions. Of each site two edges go out: to the next one, and to one
/// within a few hundred sites, as branches of a function do; every tenth goes anywhere, as calls do.
/// </remarks>
internal static class EdgeCollisions
{
    private const int Near = 200;
    private const int CallsOneIn = 10;
    private const ulong Text = 0xFFFFFFFF_81000000;

    /// <summary>Counts.</summary>
    /// <param name="sites">Number of sites.</param>
    /// <param name="alignment">1 on x86, 4 where instructions have four bytes.</param>
    /// <returns>Different edges, and how many of their words are shared with another edge.</returns>
    public static (int Edges, int Shared) Count(int sites, int alignment)
    {
        Random random = new(sites + alignment);
        ulong[] pcs = new ulong[sites];
        ulong pc = Text;
        for (int i = 0; i < sites; i++)
        {
            pcs[i] = pc += (ulong)(random.Next(1, alignment == 1 ? 180 : 45) * alignment);
        }

        HashSet<(int, int)> edges = [];
        for (int i = 0; i + 1 < sites; i++)
        {
            int other = i % CallsOneIn == 0 ? random.Next(sites) : Math.Clamp(i + random.Next(-Near, Near), 0, sites - 1);
            edges.Add((i, i + 1));
            edges.Add((i, other));
        }

        HashSet<ulong> words = [.. edges.Select(edge => new TraceEdge(pcs[edge.Item1], pcs[edge.Item2]).Hashed)];
        return (edges.Count, edges.Count - words.Count);
    }
}
