using Edgewise.Exploration.Search;

namespace Edgewise.Exploration.Running;

/// <summary>How long an exploration goes on, and how it searches. All of it but <see cref="Time"/> leaves the result a function of the seed.</summary>
public sealed record ExplorationOptions
{
    /// <summary>Runs of a root seed, where nothing else is said.</summary>
    public const long UsualRuns = 10_000;

    /// <summary>Seed from which the root seeds follow: the first one is it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of root seeds to search; null to go on until nothing new comes (see <see cref="StableIterations"/>).</summary>
    public int? Iterations { get; init; }

    /// <summary>Most runs of one root seed. The search of a seed ends earlier when half of its runs, and at least a thousand, brought nothing new, or when twenty in a row ended their process and did.</summary>
    public long Runs { get; init; } = UsualRuns;

    /// <summary>Whether the search of a seed goes on to the last of its runs, whether they bring something or not.</summary>
    public bool AllRuns { get; init; }

    /// <summary>Time after which no run is begun; null for no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Root seeds in a row that must bring nothing new before the exploration counts as stable.</summary>
    public int StableIterations { get; init; } = 3;

    /// <summary>Most root seeds of an exploration that waits to become stable.</summary>
    public int MostIterations { get; init; } = 20;

    /// <summary>The exploration ends at the first bug whose signature or message contains this text; null to go on.</summary>
    public string? StopAtBug { get; init; }

    /// <summary>The strategy.</summary>
    public SearchStrategyKind Strategy { get; init; } = SearchStrategyKind.Frontier;

    /// <summary>What steers the search.</summary>
    public Guidance Guidance { get; init; }

    /// <summary>How the frontier divides its runs.</summary>
    public FrontierOptions Frontier { get; init; } = new();

    /// <summary>How energy is spent.</summary>
    public EnergyOptions Energy { get; init; } = new();

    /// <summary>Runs that are chosen before the result of the oldest of them is known: as many can be in flight. A part of the search: another number gives another tree.</summary>
    public int Lookahead { get; init; } = 4;

    /// <summary>Seeds that are tried at each step of a recipe to find a shortcut; 0 to only drop and merge steps.</summary>
    public int ShorteningTries { get; init; } = 2000;

    /// <summary>The root seed of an iteration, from 0.</summary>
    public ulong RootSeed(int iteration) => iteration == 0 ? Seed : Randomness.SeedMixing.Mix(Seed, (ulong)iteration);
}
