namespace Edgewise.Simulation.Scheduling;

/// <summary>Something that can run now.</summary>
/// <param name="Work">A <see cref="SendOrPostCallback"/>, the continuation of a source of values, a <see cref="Task"/> of a <see cref="WorldTaskScheduler"/>, or <see cref="Time.TimedWork"/>.</param>
/// <param name="State">Argument of a callback.</param>
/// <param name="Context">Whose work it is.</param>
internal readonly record struct ReadyWork(object Work, object? State, WorldContext Context);
