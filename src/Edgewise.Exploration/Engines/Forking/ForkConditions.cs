using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using Edgewise.Exploration.Engines.Forking.Platform;

namespace Edgewise.Exploration.Engines.Forking;

/// <summary>What a process of .NET needs so that a copy of it goes on working: how it is started, and how it sees that it was.</summary>
/// <remarks>
/// A forked copy has the forking thread only. With write-xor-execute, copies that compile code die or end their parent; with tiered compilation the
/// thread that compiles again may be caught in the middle of its work; concurrent and server collectors wait for threads that are not there.
/// </remarks>
internal static class ForkConditions
{
    private static readonly (string Name, string Value)[] Variables =
    [
        ("DOTNET_EnableWriteXorExecute", "0"),
        ("DOTNET_TieredCompilation", "0"),
        ("DOTNET_gcConcurrent", "0"),
        ("DOTNET_gcServer", "0"),
        // Less for a child to copy before its first collection.
        ("DOTNET_GCgen0size", "400000"),
        // No thread, and no socket, that listens for debuggers.
        ("DOTNET_EnableDiagnostics", "0"),
    ];

    /// <summary>True if this machine can fork such processes at all.</summary>
    public static bool IsMachineFit(out string why)
    {
        why = !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64
            ? $"forking needs Linux on x64, and this is {RuntimeInformation.OSDescription} on {RuntimeInformation.ProcessArchitecture}"
            : !LinuxFork.HasPidDescriptors() ? "forking needs Linux 5.3 or later, for descriptors of processes (pidfd_open)"
            : "";
        return why.Length == 0;
    }

    /// <summary>Sets what a process must be started with.</summary>
    public static void Prepare(ProcessStartInfo start)
    {
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }
    }

    /// <summary>True if this process was started so.</summary>
    public static bool IsProcessFit(out string why)
    {
        if (!IsMachineFit(out why))
        {
            return false;
        }

        foreach ((string name, string value) in Variables.AsSpan(0, 2))
        {
            if (Environment.GetEnvironmentVariable(name) != value)
            {
                why = $"this process cannot fork: it was not started with {name}={value}";
                return false;
            }
        }

        why = GCSettings.IsServerGC || GCSettings.LatencyMode != GCLatencyMode.Batch
            ? "this process cannot fork: its garbage collector is a server or concurrent one; it must be started with DOTNET_gcServer=0 and DOTNET_gcConcurrent=0"
            : "";
        return why.Length == 0;
    }
}
