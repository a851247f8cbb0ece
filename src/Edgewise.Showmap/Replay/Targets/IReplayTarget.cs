namespace Edgewise.Showmap.Replay.Targets;

/// <summary>A target in this process that can be called and counts its points.</summary>
internal interface IReplayTarget : IDisposable
{
    /// <summary>Its name, for the folder of its showmaps.</summary>
    string Name { get; }

    /// <summary>The modules that are known so far; more may come, none changes or goes.</summary>
    IReadOnlyList<ReplayModule> Modules { get; }

    /// <summary>True where the last call returned and rejected its input.</summary>
    bool HasRejected { get; }

    /// <summary>Whether an exception is an answer of the target.</summary>
    bool IsExpected(Exception thrown);

    /// <summary>Clears the counters and calls the target. What it throws comes through.</summary>
    void Run(ReadOnlySpan<byte> input);

    /// <summary>Adds what the last call counted.</summary>
    void Collect(CountSums sums);

    /// <summary>The PC of a point.</summary>
    ulong PcOf(int module, int slot);
}
