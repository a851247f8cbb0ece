namespace Edgewise.Simulation.Running;

/// <summary>Where the timelines of a simulation run.</summary>
public enum Isolation
{
    /// <summary>In processes of their own.</summary>
    Process,

    /// <summary>In this process, which a stack overflow or an exit in a simulation ends.</summary>
    None,
}
