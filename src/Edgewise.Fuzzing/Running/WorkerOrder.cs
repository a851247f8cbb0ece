using System.Text.Json;
using Edgewise.Corpus.Merging;

namespace Edgewise.Fuzzing.Running;

/// <summary>What a worker process has to know.</summary>
/// <param name="Settings">The campaign.</param>
/// <param name="ChannelPath">Where its messages go.</param>
/// <param name="MemoryPath">The memory of the process before it; null to begin.</param>
/// <param name="Known">Signatures that were told before.</param>
/// <param name="ParentId">The parent's process.</param>
public sealed record WorkerOrder(FuzzSettings Settings, string ChannelPath, string? MemoryPath, IReadOnlyList<string> Known, int ParentId)
{
    /// <summary>What it has to do.</summary>
    public WorkerTask Task { get; init; }

    /// <summary>The control file of a merge; null for other tasks.</summary>
    public string? ControlPath { get; init; }

    /// <summary>What a merge writes down of an input.</summary>
    public MergeMode MergeMode { get; init; }

    /// <summary>The environment variable in which it reaches the worker.</summary>
    public const string Variable = "EDGEWISE_FUZZ_WORKER";

    /// <summary>The order as text.</summary>
    public string ToText() => JsonSerializer.Serialize(this);

    /// <summary>Reads an order; null where there is none.</summary>
    public static WorkerOrder? FromText(string? text) => text is null ? null : JsonSerializer.Deserialize<WorkerOrder>(text);
}
