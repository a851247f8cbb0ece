using System.Numerics;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>
/// Solves comparisons of numbers that the input does not carry as they are: changes each byte a little, sees which sides that changes and how much, and
/// goes from there towards equality.
/// </summary>
/// <remarks>
/// Three ways: the difference is added to, taken from or xored with a number made of the bytes that matter; one byte after the other is moved by what its slope
/// says (Newton's method, and right for polynomials with digits as bytes); single bits are turned while the sides come nearer (Hamming distance).
/// </remarks>
internal sealed class DependencySearch(CompareSession session)
{
    private const int LongestInput = 4096;
    private const int MostBytes = 64;
    private const int Passes = 3;

    /// <summary>Sites that compare numbers which no byte changed; known after <see cref="Run"/>.</summary>
    public IReadOnlySet<int> Unmoved { get; private set; } = new HashSet<int>();

    /// <summary>Goes through what the baseline compares.</summary>
    public void Run()
    {
        byte[] input = session.Baseline.ToArray();
        if (input.Length > LongestInput)
        {
            return;
        }

        Dictionary<(int Site, int Ordinal), CompareEvent> before = Index(session.Events);
        var slopes = new Dictionary<(int Site, int Ordinal), List<Slope>>();
        for (int i = 0; i < input.Length && !session.IsOver; i++)
        {
            int step = input[i] == byte.MaxValue ? -1 : 1;
            byte[] probe = [.. input];
            probe[i] = (byte)(input[i] + step);
            Dictionary<(int Site, int Ordinal), CompareEvent> after = Index(session.Probe(probe));
            foreach (((int, int) key, CompareEvent logged) in before)
            {
                if (after.TryGetValue(key, out CompareEvent changed) && (changed.Left != logged.Left || changed.Right != logged.Right))
                {
                    (slopes.TryGetValue(key, out List<Slope>? known) ? known : slopes[key] = []).Add(new Slope(i, (Difference(changed) - Difference(logged)) * step));
                }
            }
        }

        Unmoved = before.Keys.Select(key => key.Site).Except(slopes.Keys.Select(key => key.Site)).ToHashSet();
        foreach (((int Site, int Ordinal) key, List<Slope> bytes) in slopes.OrderBy(known => known.Key))
        {
            if (session.IsOver)
            {
                return;
            }

            if (bytes.Count <= MostBytes)
            {
                session.Site = key.Site;
                session.HasProgressed = false;
                byte[] start = session.Baseline.ToArray();
                // What was learned holds for the input that it was learned of.
                if (start.AsSpan().SequenceEqual(input) && !TryDifference(input, before[key], bytes) && !Descend(input, Difference(before[key]), key, bytes) && !DescendFromMiddle(input, key, bytes))
                {
                    Climb(input, before[key], key, bytes);
                }
            }
        }
    }

    private static Dictionary<(int Site, int Ordinal), CompareEvent> Index(IReadOnlyList<CompareEvent> events)
    {
        var counts = new Dictionary<int, int>();
        var index = new Dictionary<(int Site, int Ordinal), CompareEvent>();
        foreach (CompareEvent logged in events)
        {
            if (logged.IsUnequal)
            {
                int ordinal = counts[logged.Site] = counts.GetValueOrDefault(logged.Site) + 1;
                index[(logged.Site, ordinal)] = logged;
            }
        }

        return index;
    }

    private static long Difference(CompareEvent logged) => NumberForm.Signed(logged.Left - logged.Right, logged.Width);

    private static ulong Magnitude(long difference) => difference < 0 ? 0 - (ulong)difference : (ulong)difference;

    private bool TryDifference(byte[] input, CompareEvent logged, List<Slope> bytes)
    {
        ulong difference = logged.Left - logged.Right, bits = logged.Left ^ logged.Right;
        int first = bytes[0].Place, last = bytes[^1].Place;
        foreach (NumberForm form in NumberForm.Of(logged.Width))
        {
            for (int start = Math.Max(0, last - form.Bytes + 1); start <= first && start + form.Bytes <= input.Length; start++)
            {
                ulong value = form.Decode(input.AsSpan(start, form.Bytes));
                foreach (ulong wanted in (ulong[])[value + difference, value - difference, value ^ bits])
                {
                    byte[] candidate = [.. input];
                    form.Encode(wanted).CopyTo(candidate, start);
                    if (session.IsOver || session.TryInput(candidate))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private bool Descend(byte[] input, long difference, (int Site, int Ordinal) key, List<Slope> bytes)
    {
        byte[] current = [.. input];
        for (int pass = 0; pass < Passes; pass++)
        {
            bool isNearer = false;
            foreach (Slope slope in bytes.Where(slope => slope.Change != 0).OrderByDescending(slope => Magnitude(slope.Change)).ThenBy(slope => slope.Place))
            {
                long step = -(difference / slope.Change);
                foreach (long nudge in (long[])[0, -1, 1])
                {
                    byte moved = (byte)Math.Clamp(current[slope.Place] + Math.Clamp(step, -byte.MaxValue, byte.MaxValue) + nudge, 0, byte.MaxValue);
                    if (moved == current[slope.Place])
                    {
                        continue;
                    }

                    byte[] candidate = [.. current];
                    candidate[slope.Place] = moved;
                    if (session.IsOver || session.TryInput(candidate))
                    {
                        return true;
                    }

                    if (Index(CompareLog.Snapshot(out _)).TryGetValue(key, out CompareEvent now) && Magnitude(Difference(now)) < Magnitude(difference))
                    {
                        (current, difference, isNearer) = (candidate, Difference(now), true);
                        break;
                    }
                }
            }

            if (!isNearer)
            {
                break;
            }
        }

        return false;
    }

    // From there each byte can go both ways.
    private bool DescendFromMiddle(byte[] input, (int Site, int Ordinal) key, List<Slope> bytes)
    {
        const byte Middle = 0x80;
        byte[] start = [.. input];
        foreach (Slope slope in bytes)
        {
            start[slope.Place] = Middle;
        }

        return !session.IsOver
            && (session.TryInput(start)
                || (Index(CompareLog.Snapshot(out _)).TryGetValue(key, out CompareEvent now) && Descend(start, Difference(now), key, bytes)));
    }

    private void Climb(byte[] input, CompareEvent logged, (int Site, int Ordinal) key, List<Slope> bytes)
    {
        byte[] current = [.. input];
        int distance = BitOperations.PopCount(logged.Left ^ logged.Right);
        foreach (Slope slope in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] candidate = [.. current];
                candidate[slope.Place] ^= (byte)(1 << bit);
                if (session.IsOver || session.TryInput(candidate))
                {
                    return;
                }

                if (Index(CompareLog.Snapshot(out _)).TryGetValue(key, out CompareEvent now) && BitOperations.PopCount(now.Left ^ now.Right) < distance)
                {
                    (current, distance) = (candidate, BitOperations.PopCount(now.Left ^ now.Right));
                }
            }
        }
    }

    // By how much the difference of the sides grows where the byte at a place grows by one.
    private readonly record struct Slope(int Place, long Change);
}
