namespace Edgewise.Sancov.Distill;

/// <summary>A small set of runs that covers what all of them cover.</summary>
/// <param name="Kept">The runs of the set, the one that adds most first.</param>
/// <param name="RunCount">How many runs there were.</param>
/// <param name="ElementCount">How many elements they cover.</param>
public sealed record Distillation(IReadOnlyList<CoverageRun> Kept, int RunCount, int ElementCount)
{
    /// <summary>Takes again and again the run that adds most; of equal ones that which covers least in all, then the first.</summary>
    /// <remarks>The greedy algorithm for set cover (Chvátal 1979): the set is at most 1 + ln(n) times as large as the smallest one, for n elements of the largest run.</remarks>
    public static Distillation Of(IReadOnlyList<CoverageRun> runs)
    {
        HashSet<(string, ulong)> missing = [.. runs.SelectMany(static run => run.Elements)];
        int count = missing.Count;
        List<CoverageRun> kept = [];
        // What a run adds only shrinks, so an old figure is a bound: a run whose bound is not the largest need not be counted again.
        PriorityQueue<(CoverageRun Run, int Index), (int Added, int Size, int Index)> queue = new();
        for (int i = 0; i < runs.Count; i++)
        {
            queue.Enqueue((runs[i], i), (-runs[i].Elements.Count, runs[i].Elements.Count, i));
        }

        while (missing.Count > 0)
        {
            queue.TryDequeue(out (CoverageRun Run, int Index) next, out (int Added, int Size, int Index) bound);
            int added = next.Run.Elements.Count(missing.Contains);
            if (added < -bound.Added)
            {
                queue.Enqueue(next, (-added, bound.Size, bound.Index));
                continue;
            }

            kept.Add(next.Run);
            missing.ExceptWith(next.Run.Elements);
        }

        return new Distillation(kept, runs.Count, count);
    }
}
