using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Findings;

namespace Edgewise.Fuzzing.Running;

/// <summary>Everything about a campaign: what is fuzzed, with what, how and how long.</summary>
public sealed record FuzzSettings
{
    /// <summary>The target's assembly.</summary>
    public required string TargetPath { get; init; }

    /// <summary>Name of the target, or the method in full; null where the assembly has just one.</summary>
    public string? Method { get; init; }

    /// <summary>Globs of the assemblies that count their edges.</summary>
    public required string Assemblies { get; init; }

    /// <summary>The corpus folders: the first is added to, the others are read. None: entries are kept in memory only.</summary>
    public IReadOnlyList<string> Corpus { get; init; } = [];

    /// <summary>A folder that several fuzzers share, in AFL++'s layout; null for none.</summary>
    public string? SyncRoot { get; init; }

    /// <summary>Name of this campaign in that folder.</summary>
    public string SyncName { get; init; } = "edgewise";

    /// <summary>How to search.</summary>
    public CampaignOptions Campaign { get; init; } = new();

    /// <summary>True where somebody chose the seed; a campaign that was interrupted is gone on with only if it has the same.</summary>
    public bool HasOwnSeed { get; init; }

    /// <summary>Time that an execution may take; zero: as long as it likes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1200);

    /// <summary>Time from which on an execution's input is written to a file of its own; zero: never.</summary>
    public TimeSpan SlowFrom { get; init; }

    /// <summary>The campaign ends when this file is there; null for none.</summary>
    public string? StopFile { get; init; }

    /// <summary>Time that the campaign may take; zero: as long as it likes.</summary>
    public TimeSpan MaxTotalTime { get; init; }

    /// <summary>Memory that the worker process may have in mebibytes; 0: as much as it likes.</summary>
    public int MemoryLimit { get; init; } = 2048;

    /// <summary>What names of artifacts begin with; a folder where it ends with a slash.</summary>
    public string ArtifactPrefix { get; init; } = "./";

    /// <summary>The one artifact's path; null to name each by its content.</summary>
    public string? ExactArtifactPath { get; init; }

    /// <summary>Runs that minimising a finding may take; 0 to leave it as it was found.</summary>
    public int MinimizingRuns { get; init; } = 10_000;

    /// <summary>Full names of exception types that are answers, beside those that the target names.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>True to tell which methods and points are covered for the first time.</summary>
    public bool TellsCoverage { get; init; }

    /// <summary>Files that are seeds beside the corpus.</summary>
    public IReadOnlyList<string> SeedInputs { get; init; } = [];

    /// <summary>Folder of instrumented images; null for the usual one.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>True to go on after timeouts.</summary>
    public bool IgnoresTimeouts { get; init; } = true;

    /// <summary>True to go on after the memory limit was reached.</summary>
    public bool IgnoresOutOfMemory { get; init; } = true;

    /// <summary>Whether a finding ends the campaign: it does where its kind is not ignored.</summary>
    internal bool IsEndedBy(Finding finding) => finding.Kind switch
    {
        FindingKind.Timeout => !IgnoresTimeouts,
        FindingKind.OutOfMemory => !IgnoresOutOfMemory,
        _ => !Campaign.IgnoresCrashes,
    };
}
