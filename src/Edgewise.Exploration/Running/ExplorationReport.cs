using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Knowledge;

namespace Edgewise.Exploration.Running;

/// <summary>What an exploration found, as it stands.</summary>
public sealed record ExplorationReport
{
    /// <summary>Name of the engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The options.</summary>
    public required ExplorationOptions Options { get; init; }

    /// <summary>The root seeds, in order.</summary>
    public required IReadOnlyList<SeedReport> Seeds { get; init; }

    /// <summary>The bugs, the first found first.</summary>
    public required IReadOnlyList<Bug> Bugs { get; init; }

    /// <summary>Properties over all runs.</summary>
    public required PropertyCatalog Properties { get; init; }

    /// <summary>States and edges over all root seeds.</summary>
    public required SearchHistory History { get; init; }

    /// <summary>Why it ended; null while it goes on.</summary>
    public required EndReason? End { get; init; }

    /// <summary>How two runs of one timeline differed; null if none did.</summary>
    public string? Nondeterminism { get; init; }

    /// <summary>Time that it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Runs of all root seeds.</summary>
    public long Runs => Seeds.Sum(seed => seed.Runs);

    /// <summary>Number of the run, over all root seeds, that first showed a bug; null if none did.</summary>
    public long? FirstBugRun => Bugs.Count == 0 ? null : Bugs.Min(bug => bug.FirstRun);
}
