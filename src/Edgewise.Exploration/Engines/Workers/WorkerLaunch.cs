namespace Edgewise.Exploration.Engines.Workers;

/// <summary>What a worker process that is to be started has to know. It calls <see cref="WorkerLoop.Run"/> with the file.</summary>
/// <param name="Number">Number of the worker, from 0.</param>
/// <param name="SlotFile">Path of the shared memory between it and the engine; has to reach it as it is, on its command line for example.</param>
public sealed record WorkerLaunch(int Number, string SlotFile);
