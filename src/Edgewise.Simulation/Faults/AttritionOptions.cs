namespace Edgewise.Simulation.Faults;

/// <summary>How processes are worn down. A weight says how often a fault is chosen, against the others whose families are on; 0 for never.</summary>
public sealed record AttritionOptions
{
    /// <summary>How often it is decided whether something happens, by one draw for a new fault and one for each that heals. A quarter of a second by default.</summary>
    /// <remarks>
    /// Deciding often, with a small probability each time, has no memory: a timeline that continues from any point may go wrong right after it. Were the
    /// time of the next fault drawn in advance, only timelines that continue from before that draw could.
    /// </remarks>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Mean time until the next fault, while another one is allowed.</summary>
    public TimeSpan MeanPause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Mean time until a process starts again, or its links are healed.</summary>
    public TimeSpan MeanRecovery { get; init; } = TimeSpan.FromSeconds(3);

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
