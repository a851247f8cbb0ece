using Edgewise.Exploration;

namespace Edgewise.Simulation.Redirects.Places;

/// <summary>What <see cref="Environment"/> tells of time and machine: in a world simulated time and a machine that is always the same. Its ends are the run's.</summary>
[StandsInFor(typeof(Environment))]
public static class EnvironmentCalls
{
    /// <summary>How many processors each simulated machine has.</summary>
    internal const int SimulatedProcessors = 4;

    private const string SimulatedMachine = "simulated";
    private const int SimulatedProcess = 1;

    /// <inheritdoc cref="Environment.ProcessorCount"/>
    public static int ProcessorCount() => World.Current is null ? Environment.ProcessorCount : SimulatedProcessors;

    /// <inheritdoc cref="Environment.ProcessId"/>
    public static int ProcessId() => World.Current is null ? Environment.ProcessId : SimulatedProcess;

    /// <inheritdoc cref="Environment.CurrentManagedThreadId"/>
    public static int CurrentManagedThreadId() => World.Current is null ? Environment.CurrentManagedThreadId : 1;

    /// <inheritdoc cref="Environment.MachineName"/>
    public static string MachineName() => World.Current is null ? Environment.MachineName : SimulatedMachine;

    /// <inheritdoc cref="Environment.TickCount"/>
    public static int TickCount() => World.Current is null ? Environment.TickCount : (int)TickCount64();

    /// <inheritdoc cref="Environment.TickCount64"/>
    public static long TickCount64() => World.Current is { } world ? world.Elapsed.Ticks / TimeSpan.TicksPerMillisecond : Environment.TickCount64;

    /// <inheritdoc cref="Environment.Exit(int)"/>
    public static void Exit(int exitCode)
    {
        if (World.Current is { } world)
        {
            throw world.Leave(BugKind.ExitCode, $"Environment.Exit({exitCode})");
        }

        Environment.Exit(exitCode);
    }

    /// <inheritdoc cref="Environment.FailFast(string)"/>
    public static void FailFast(string? message) => FailFast(message, null);

    /// <inheritdoc cref="Environment.FailFast(string, Exception)"/>
    public static void FailFast(string? message, Exception? exception)
    {
        if (World.Current is { } world)
        {
            throw world.Leave(BugKind.Crash, $"Environment.FailFast({message})");
        }

        Environment.FailFast(message, exception);
    }
}
