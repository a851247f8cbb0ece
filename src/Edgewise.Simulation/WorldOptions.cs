namespace Edgewise.Simulation;

/// <summary>What a world allows its run.</summary>
public sealed record WorldOptions
{
    /// <summary>One simulated hour and a million steps.</summary>
    public static WorldOptions Default { get; } = new();

    /// <summary>Simulated time after which a run ends as a bug of kind <see cref="Exploration.BugKind.VirtualTimeBudget"/>; one hour by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public TimeSpan VirtualTimeBudget
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromHours(1);

    /// <summary>
    /// Steps, that is picks of ready work, after which a run ends as a bug of the same kind; a million by default. It ends runs that go on for ever without
    /// time passing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public long StepBudget
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 1_000_000;
}
