using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Search;

namespace Edgewise.Exploration.Running;

/// <summary>Where an exploration stands.</summary>
/// <param name="RootSeed">The root seed that is searched.</param>
/// <param name="Iteration">Its number, from 0.</param>
/// <param name="Runs">Runs of all root seeds so far.</param>
/// <param name="Bugs">Bugs so far.</param>
/// <param name="History">What is known over all root seeds; it changes.</param>
/// <param name="Strategy">The strategy of the root seed; it changes.</param>
/// <param name="Elapsed">Time since the exploration began.</param>
public readonly record struct ExplorationProgress(
    ulong RootSeed, int Iteration, long Runs, IReadOnlyList<Bug> Bugs, SearchHistory History, ISearchStrategy Strategy, TimeSpan Elapsed)
{
    /// <summary>Runs that made recipes shorter, once the search is over; null before that.</summary>
    public long? ShorteningRuns { get; init; }
}
