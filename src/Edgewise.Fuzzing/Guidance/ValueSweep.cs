using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>
/// Gives some bytes of an input all values, and puts each value between them, to find one that changes what a site compares: where the number is what a
/// command left behind, it stands in no byte until the command is there.
/// </summary>
internal static class ValueSweep
{
    /// <summary>Executions that it takes at most.</summary>
    public const int MostExecutions = ((MostBytes * 2) + 1) * Values;

    private const int MostBytes = 32;
    private const int Values = byte.MaxValue + 1;
    private const int MostOfSite = 2;

    // What more values than these change says nothing of the value: a length is what changed.
    private const int MostValues = Values / 8;

    /// <summary>Goes through the values.</summary>
    /// <param name="session">Its baseline is the input.</param>
    /// <param name="sites">Sites that compare numbers.</param>
    /// <param name="random">Chooses the bytes of an input that is longer.</param>
    /// <returns>Inputs in which one of the sites compares something else.</returns>
    public static IReadOnlyList<byte[]> Find(CompareSession session, IReadOnlySet<int> sites, FuzzRandom random)
    {
        byte[] input = session.Baseline.ToArray();
        HashSet<CompareEvent> before = [.. session.Events.Where(logged => sites.Contains(logged.Site)).Select(Compared)];
        var found = new List<byte[]>();
        var counts = new Dictionary<int, int>();
        int first = random.Below(Math.Max(1, input.Length - MostBytes + 1));
        for (int place = first; place <= Math.Min(input.Length, first + MostBytes); place++)
        {
            for (int removed = 0; removed <= Math.Min(1, input.Length - place); removed++)
            {
                Collect(session, input, place, removed, before, sites, counts, found);
            }
        }

        return found;
    }

    private static void Collect(
        CompareSession session, byte[] input, int place, int removed, HashSet<CompareEvent> before, IReadOnlySet<int> sites, Dictionary<int, int> counts, List<byte[]> found)
    {
        var changing = new Dictionary<int, List<byte[]>>();
        for (int value = 0; value < Values && !session.IsOver; value++)
        {
            byte[] candidate = [.. input.AsSpan(0, place), (byte)value, .. input.AsSpan(place + removed)];
            foreach (int site in session.Probe(candidate).Where(logged => sites.Contains(logged.Site) && !before.Contains(Compared(logged))).Select(logged => logged.Site).Distinct())
            {
                (changing.TryGetValue(site, out List<byte[]>? known) ? known : changing[site] = []).Add(candidate);
            }
        }

        foreach ((int site, List<byte[]> candidates) in changing.OrderBy(known => known.Key).Where(known => known.Value.Count <= MostValues))
        {
            foreach (byte[] candidate in candidates)
            {
                if (counts.GetValueOrDefault(site) < MostOfSite && !found.Any(known => known.AsSpan().SequenceEqual(candidate)))
                {
                    counts[site] = counts.GetValueOrDefault(site) + 1;
                    found.Add(candidate);
                }
            }
        }
    }

    // Which of several executions of a site it was says nothing.
    private static CompareEvent Compared(CompareEvent logged) => logged with { Start = 0 };
}
