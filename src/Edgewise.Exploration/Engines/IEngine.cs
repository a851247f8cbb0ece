namespace Edgewise.Exploration.Engines;

/// <summary>
/// Runs timelines. Whatever the engine, and however many processes it uses, the same timelines give the same results, and they are handed back in the
/// order in which they were submitted: so the search that it serves is the same.
/// </summary>
public interface IEngine : IDisposable
{
    /// <summary>Name on the command line: <c>replay</c>, <c>workers</c> or <c>fork</c>.</summary>
    string Name { get; }

    /// <summary>Adds a run to those that are to be run. May return before it is run, or after.</summary>
    void Submit(Job job);

    /// <summary>The result of the oldest timeline that was submitted and not taken; waits for it.</summary>
    /// <exception cref="InvalidOperationException">Nothing was submitted.</exception>
    TimelineResult Take();
}
