namespace Edgewise.Showmap.Replay;

/// <summary>What is replayed and how.</summary>
public sealed record ReplaySettings
{
    /// <summary>The target: an assembly, or a shared object built by clang.</summary>
    public required string TargetPath { get; init; }

    /// <summary>Name of the target, or the method in full; null where there is just one.</summary>
    public string? Method { get; init; }

    /// <summary>Globs of the assemblies that count their edges.</summary>
    public required string Assemblies { get; init; }

    /// <summary>Full names of exception types that are answers, beside those that the target names.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>What an entry may meet of what entries before it left behind.</summary>
    public Isolation Isolation { get; init; }

    /// <summary>Processes that replay at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Time that a call may take; zero: as long as it likes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Memory that a process may have in mebibytes; 0: as much as it likes.</summary>
    public int MemoryLimit { get; init; } = 2048;

    /// <summary>Bytes that an entry may have, unpacked.</summary>
    public int LargestEntry { get; init; } = Corpora.EntryReader.UsualLargest;

    /// <summary>False to replay what was replayed before, too.</summary>
    public bool UsesCache { get; init; } = true;
}
