using System.Numerics;
using Edgewise.Runtime.Formats.Legacy;

namespace Edgewise.Runtime.Map;

/// <content>Counters that are read and cleared between two executions, without a loss for the dump.</content>
internal sealed unsafe partial class CoverageMap
{
    /// <summary>What a module reached: its counters and those that were cleared.</summary>
    private byte[] Reached(MappedModule module)
    {
        byte[] counters = Slice(module).ToArray();
        for (int i = 0; module.Cleared is { } cleared && i < counters.Length; i++)
        {
            counters[i] = (byte)Math.Min(counters[i] + cleared[i], byte.MaxValue);
        }

        return counters;
    }

    private int UniqueCoverage()
    {
        int count = _retired.CoveredCount;
        foreach (MappedModule module in _modules)
        {
            Span<byte> counters = Slice(module);
            if (module.Cleared is not { } cleared)
            {
                count += CoverageModule.CountHits(counters);
                continue;
            }

            for (int i = 0; i < counters.Length; i++)
            {
                count += (counters[i] | cleared[i]) == 0 ? 0 : 1;
            }
        }

        return count;
    }

    private int MoveCounters(byte* bitset, int length)
    {
        if (bitset != null && length < PointCount(-1))
        {
            return -1;
        }

        int added = 0;
        foreach (MappedModule module in _modules)
        {
            added += Move(module, bitset == null ? [] : new Span<byte>(bitset, module.PointCount));
            bitset = bitset == null ? null : bitset + module.PointCount;
        }

        return added;
    }

    private int Move(MappedModule module, Span<byte> bits)
    {
        Span<byte> counters = Slice(module);
        byte[] cleared = module.Cleared ??= new byte[module.PointCount];
        int added = 0;
        for (int i = NextHit(counters, 0); i < counters.Length; i = NextHit(counters, i + 1))
        {
            byte count = counters[i];
            // Kept first: a dump in between finds it twice rather than nowhere.
            cleared[i] = (byte)Math.Min(cleared[i] + count, byte.MaxValue);
            counters[i] = 0;
            if (!bits.IsEmpty)
            {
                byte news = (byte)(CountersFile.ClassOf(count) & ~bits[i]);
                bits[i] |= news;
                added += BitOperations.PopCount(news);
            }
        }

        return added;
    }

    private static int NextHit(ReadOnlySpan<byte> counters, int start)
    {
        int next = counters[start..].IndexOfAnyExcept((byte)0);
        return next < 0 ? counters.Length : start + next;
    }
}
