using Edgewise.Fuzzing.Running;
using Edgewise.Hosting.Targets;

namespace Edgewise.Fuzzing;

/// <summary>Fuzzes from code: <c>await Fuzzer.RunAsync(Fuzzer.Settings(typeof(MyTargets), nameof(MyTargets.Parse)))</c>.</summary>
public static class Fuzzer
{
    /// <summary>Settings for a target, with the usual choice of what counts.</summary>
    /// <param name="type">The class of the target.</param>
    /// <param name="method">Its method.</param>
    /// <exception cref="Hosting.HostingException">The assembly cannot be read.</exception>
    public static FuzzSettings Settings(Type type, string method)
    {
        ArgumentNullException.ThrowIfNull(type);
        string path = type.Assembly.Location;
        return new FuzzSettings
        {
            TargetPath = path,
            Method = $"{type.FullName}.{method}",
            Assemblies = FuzzTargetAssembly.AssembliesByDefault(path),
        };
    }

    /// <summary>Runs a campaign in a worker process, which a target may end without harm to this one.</summary>
    /// <param name="settings">The campaign.</param>
    /// <param name="heard">Hears what the worker tells; on another thread.</param>
    /// <param name="cancellation">Ends the campaign; what was found until then counts.</param>
    /// <returns>How it ended, with the findings.</returns>
    /// <exception cref="Supervision.SupervisionException">A worker cannot be started.</exception>
    public static Task<FuzzResult> RunAsync(FuzzSettings settings, Action<FuzzMessage>? heard = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var supervisor = new FuzzSupervisor(settings, WorkerStart.FromThisProgram) { Heard = heard };
        return Task.Factory.StartNew(() => supervisor.Run(cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
