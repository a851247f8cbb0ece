namespace Edgewise.Simulation.Faults;

/// <summary>Faults that are switched on and off together, run by run.</summary>
public enum FaultFamily
{
    /// <summary>Messages are lost.</summary>
    Loss,

    /// <summary>Messages arrive twice.</summary>
    Duplication,

    /// <summary>Messages overtake each other.</summary>
    Reordering,

    /// <summary>Links are slow.</summary>
    SlowLinks,

    /// <summary>Links are cut in both directions.</summary>
    Partitions,

    /// <summary>Links are cut in one direction.</summary>
    OneWayPartitions,

    /// <summary>Processes crash and start again.</summary>
    Crashes,

    /// <summary>Processes are asked to end, and start again.</summary>
    Shutdowns,

    /// <summary>Fault points in the code fire.</summary>
    Buggify,

    /// <summary>Knobs in the code are turned.</summary>
    Knobs,
}
