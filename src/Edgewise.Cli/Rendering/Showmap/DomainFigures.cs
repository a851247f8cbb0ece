using Edgewise.Showmap.Files;
using Edgewise.Showmap.Replay;

namespace Edgewise.Cli.Rendering.Showmap;

/// <summary>One kind of points in the result of a replay.</summary>
/// <param name="Domain">The kind.</param>
/// <param name="IsRequested">True where it was asked for.</param>
/// <param name="Modules">Modules that have such points.</param>
/// <param name="Points">Points that they have.</param>
/// <param name="Covered">Points that were hit.</param>
/// <param name="Unstable">Points whose counts depend on what ran before.</param>
/// <param name="Files">Files that were written.</param>
internal sealed record DomainFigures(string Domain, bool IsRequested, int Modules, int Points, int Covered, int Unstable, int Files)
{
    /// <summary>True where it is known how many points there are: bytes of contracts are not all instructions.</summary>
    public bool HasTotal => Domain != PointDomain.Evm;

    /// <summary>True where there is something to write.</summary>
    public bool IsWritten => IsRequested && Covered > 0;

    /// <summary>The figures of a kind.</summary>
    public static DomainFigures Of(ReplayResult result, string domain, bool isRequested)
    {
        bool[] isOf = [.. result.Modules.Select(module => module.Domain == domain)];
        bool[][] covered = [.. result.Modules.Select(module => new bool[module.Points])];
        foreach (ReplayedEntry entry in result.Entries)
        {
            foreach (SlotCount count in entry.Counts)
            {
                covered[count.Module][count.Slot] = true;
            }
        }

        return new DomainFigures(
            domain, isRequested, isOf.Count(value => value), result.Modules.Where(module => module.Domain == domain).Sum(module => module.Points),
            covered.Where((_, module) => isOf[module]).Sum(slots => slots.Count(value => value)), result.Unstable.Count(point => isOf[point.Module]), 0);
    }
}
