using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Knowledge;

namespace Edgewise.Exploration.Search;

/// <summary>
/// Chooses which timelines of a root seed to run. It is asked for jobs and told of their results in the order of the jobs; between the two some other
/// jobs may have been given out.
/// </summary>
public interface ISearchStrategy
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>The next job; null if there is none before more results came, or none at all.</summary>
    SearchJob? Next();

    /// <summary>Takes a result, with what of it was new.</summary>
    void Absorb(SearchJob job, TimelineResult result, Novelties novelties);
}
