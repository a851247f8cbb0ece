using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Dump;

/// <summary>What is to be written of a module.</summary>
/// <param name="Points">Its point set.</param>
/// <param name="Path">Where it was loaded from, or empty.</param>
/// <param name="Counters">One byte a point of the set; anything but zero is a hit.</param>
public sealed record DumpModule(PointSet Points, string Path, byte[] Counters)
{
    /// <summary>Process-wide number of its first point, by which traces name them; -1 where it had none or lost it.</summary>
    public int FirstPoint { get; init; } = -1;

    /// <summary>Process-wide number of its first site, by which indirect calls name them; -1 where it has none.</summary>
    public int FirstSite { get; init; } = -1;
}
