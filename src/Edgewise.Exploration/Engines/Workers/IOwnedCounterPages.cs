namespace Edgewise.Exploration.Engines.Workers;

/// <summary>
/// A target whose counters stand in pages of their own, which an engine may replace by shared memory: then also a run that is killed, or kills its
/// process, gives the edges that it took. A target without this gives none at such an end.
/// </summary>
public interface IOwnedCounterPages
{
    /// <summary>
    /// Whole pages that hold nothing but <see cref="ITimelineTarget.Counters"/>, now and after more modules have loaded, and that are never given back;
    /// empty where this machine has no such pages.
    /// </summary>
    Span<byte> CounterPages { get; }
}
