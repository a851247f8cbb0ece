namespace Edgewise.Simulation.Faults;

/// <summary>How processes are worn down. A weight says how often a fault is chosen, against the others whose families are on; 0 for never.</summary>
public sealed record AttritionOptions
{
    /// <summary>Time from one fault to the next, at least.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time from one fault to the next, at most.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time until a process starts again or a link is healed, at least.</summary>
    public TimeSpan ShortestRecovery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time until a process starts again or a link is healed, at most.</summary>
    public TimeSpan LongestRecovery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time that a process has to end when it is asked to.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most processes that are crashed, ended or cut off at the same time.</summary>
    public int MostAway { get; init; } = 1;

    /// <summary>Weight of a crash.</summary>
    public int CrashWeight { get; init; } = 2;

    /// <summary>Weight of a shutdown.</summary>
    public int ShutdownWeight { get; init; } = 1;

    /// <summary>Weight of cutting a process off in both directions.</summary>
    public int PartitionWeight { get; init; } = 2;

    /// <summary>Weight of cutting a process off in one direction.</summary>
    public int OneWayPartitionWeight { get; init; } = 1;
}
