using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>Where a campaign stands, for the live view.</summary>
internal sealed record FuzzFigures
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>How far the campaign is.</summary>
    public required CampaignStatus Status { get; init; }

    /// <summary>Executions a second, lately.</summary>
    public required long Rate { get; init; }

    /// <summary>Findings so far.</summary>
    public int Findings { get; init; }

    /// <summary>What the last one is.</summary>
    public string LastFinding { get; init; } = "";

    /// <summary>Time since an edge was taken for the first time.</summary>
    public TimeSpan SinceLastEdge { get; init; }

    /// <summary>What each mutator was good for.</summary>
    public IReadOnlyList<StageYield> Stages { get; init; } = [];

    /// <summary>Bytes of memory of the worker process.</summary>
    public long Memory { get; init; }

    /// <summary>Time since the campaign began.</summary>
    public required TimeSpan Elapsed { get; init; }
}
