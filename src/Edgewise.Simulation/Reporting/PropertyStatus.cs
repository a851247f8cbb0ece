namespace Edgewise.Simulation.Reporting;

/// <summary>How a property fared in a search; the order is that of reports.</summary>
public enum PropertyStatus
{
    /// <summary>It must always hold, or never be reached, and that was violated.</summary>
    Failed,

    /// <summary>It should hold, or be reached, at least once, and never was.</summary>
    Missed,

    /// <summary>Nothing is wrong with it.</summary>
    Passed,
}
