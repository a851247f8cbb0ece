using Edgewise.Showmap.Replay.Workers;

// The host of .NET looks for this class, without a namespace, in assemblies that DOTNET_STARTUP_HOOKS names.
#pragma warning disable CA1050
/// <summary>Makes a worker of a process that was started as one.</summary>
internal static class StartupHook
{
    /// <summary>Called by the host of .NET before the program's own code.</summary>
    public static void Initialize()
    {
        if (WorkerMain.RunIfOrdered() is { } exitCode)
        {
            Environment.Exit(exitCode);
        }
    }
}
#pragma warning restore CA1050
