using System.Text.Json;

namespace Edgewise.Simulation.Isolation;

/// <summary>What a worker process has to load: the same simulation, instrumented in the same way, as in the process that started it.</summary>
/// <param name="Assembly">Path of the assembly.</param>
/// <param name="Simulation">Name of the simulation.</param>
/// <param name="Counted">Globs of the assemblies that count their edges.</param>
/// <param name="VirtualTimeBudget">Simulated time that a run may take.</param>
/// <param name="StepBudget">Steps that a run may take.</param>
/// <param name="SlotFile">Shared memory of the engine.</param>
internal sealed record WorkerTarget(string Assembly, string Simulation, string Counted, TimeSpan VirtualTimeBudget, long StepBudget, string SlotFile)
{
    /// <summary>The environment variable in which it reaches the worker.</summary>
    public const string Variable = "EDGEWISE_SIMULATION_WORKER";

    public string ToText() => JsonSerializer.Serialize(this);

    public static WorkerTarget? FromText(string? text) => text is null ? null : JsonSerializer.Deserialize<WorkerTarget>(text);
}
