namespace Edgewise.Simulation;

/// <summary>Code in a simulated world did what cannot be simulated. It ends the run as a bug, also if the code handles the exception.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public SimulationException()
    {
    }

    /// <summary>Makes one that says what was done, and what to do instead.</summary>
    public SimulationException(string message) : base(message)
    {
    }

    /// <summary>Makes one that says what was done, what to do instead, and what caused it.</summary>
    public SimulationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
