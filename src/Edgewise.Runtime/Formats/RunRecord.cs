namespace Edgewise.Runtime.Formats;

/// <summary>One process that was measured: what ran, how it ended, and which files belong to it.</summary>
public sealed record RunRecord
{
    /// <summary>Version of the program that wrote the files.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Its process id, which is part of the names of its files.</summary>
    public required int ProcessId { get; init; }

    /// <summary>How it ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>Its instrumented modules.</summary>
    public IReadOnlyList<RunModule> Modules { get; init; } = [];

    /// <summary>Names of the files of 2016 that it left beside those of its modules. A file of the same process id that is not named here is of an earlier process.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>How many events of a trace are in no file.</summary>
    public long LostEventCount { get; init; }
}
