using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Exploration.Engines;

/// <summary>
/// Journals each draw of a run with what led to it: what was asked for, and all edges that were taken before. Two runs of one timeline that differ, differ in
/// their traces at the first draw that shows it.
/// </summary>
public sealed class DrawTracer(ITimelineTarget target, Journal journal) : IDrawObserver
{
    /// <inheritdoc/>
    public void BeforeDraw(RandomSource source, int bound)
    {
        ulong state = SeedMixing.Mix((ulong)bound);
        foreach (byte counter in target.Counters)
        {
            state = (state ^ counter) * 0x100000001B3UL;
        }

        journal.Add(DiscoveryKind.Draw, state, bound, source);
    }
}
