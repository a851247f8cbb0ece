using System.Diagnostics;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>How an engine uses worker processes.</summary>
/// <param name="Launch">Says how a worker is started; its standard streams become the engine's. Is called again when one has died.</param>
public sealed record WorkerOptions(Func<WorkerLaunch, ProcessStartInfo> Launch)
{
    /// <summary>Number of processes; at least 1. The results do not depend on it.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Wall-clock time that one run may take; then its worker is killed and the run ends as <see cref="BugKind.Timeout"/>.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time in which a worker must have started and be ready.</summary>
    public TimeSpan StartDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of managed heap that a worker may have; null for no limit but the machine's. A run that wants more ends as <see cref="BugKind.OutOfMemory"/>.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Throws where a value makes no sense; all that is wrong is told at once.</summary>
    /// <exception cref="ArgumentException">Something is wrong.</exception>
    internal void Validate()
    {
        List<string> errors = [];
        if (Launch is null)
        {
            errors.Add($"{nameof(Launch)} is missing");
        }

        if (Workers < 1)
        {
            errors.Add($"{nameof(Workers)} is {Workers}, expected 1 or more");
        }

        if (Deadline <= TimeSpan.Zero)
        {
            errors.Add($"{nameof(Deadline)} is {Deadline}, expected more than zero");
        }

        if (StartDeadline <= TimeSpan.Zero)
        {
            errors.Add($"{nameof(StartDeadline)} is {StartDeadline}, expected more than zero");
        }

        if (MemoryLimit <= 0)
        {
            errors.Add($"{nameof(MemoryLimit)} is {MemoryLimit}, expected more than zero");
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"worker options: {string.Join("; ", errors)}");
        }
    }
}
