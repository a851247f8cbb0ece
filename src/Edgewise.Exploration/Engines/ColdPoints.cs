using Edgewise.Feedback;

namespace Edgewise.Exploration.Engines;

/// <summary>
/// Points that this process never took before. What happens only once in a process, such as a class constructor, belongs to no timeline: so a run that
/// takes points which are new to its process is made once more, and what it takes then counts. So all processes give the same edges.
/// </summary>
public sealed class ColdPoints
{
    private byte[] _seen = [];

    /// <summary>Notes the points that a run took.</summary>
    /// <returns>True if some of them were new.</returns>
    public bool Absorb(ReadOnlySpan<byte> counters)
    {
        if (counters.Length > _seen.Length)
        {
            Array.Resize(ref _seen, counters.Length);
        }

        Span<byte> seen = _seen.AsSpan(0, counters.Length);
        if (counters.IsEmpty || !History.HasNovelty(counters, seen))
        {
            return false;
        }

        for (int point = 0; point < counters.Length; point++)
        {
            if (counters[point] != 0)
            {
                seen[point] = byte.MaxValue;
            }
        }

        return true;
    }
}
