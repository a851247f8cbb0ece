using Edgewise.Exploration.Running;
using Edgewise.Simulation.Loading;

namespace Edgewise.Simulation.Running;

/// <summary>What the exploration of a simulation gave, and whether that is what was wanted.</summary>
/// <param name="Simulation">The simulation.</param>
/// <param name="Exploration">What was found.</param>
public sealed record SimulationReport(SimulationEntry Simulation, ExplorationReport Exploration)
{
    /// <summary>
    /// True if nothing is wrong: no bug but the expected one, that one found, no nondeterminism.
    /// </summary>
    public bool HasPassed => ExitCode == 0;

    /// <summary>0 if nothing is wrong; 77 for a bug that was not expected; 1 for nondeterminism, or an expected bug that was not found.</summary>
    public int ExitCode =>
        Exploration.Nondeterminism is not null ? 1
        : Exploration.Bugs.Any(bug => bug.Verification is not null) ? 1
        : Exploration.Bugs.Any(bug => !IsExpected(bug)) ? 77
        : Simulation.ExpectedBug is not null && Exploration.Bugs.Count == 0 ? 1
        : 0;

    /// <summary>True for the bug that the simulation plants.</summary>
    public bool IsExpected(Exploration.Bugs.Bug bug) => Simulation.ExpectedBug is { } text && bug.Mentions(text);
}
