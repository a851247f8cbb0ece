using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Edgewise.Supervision.Platform;

/// <summary>What a parent and its workers ask of the system: groups, and an end that does not wait for anyone's consent.</summary>
internal static partial class ProcessControl
{
    private const int KillSignal = 9;
    private const int SetParentDeathSignal = 1;

    /// <summary>Called in a worker: it becomes the head of a process group of its own.</summary>
    public static void LeadOwnGroup()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Fails only where the worker leads one already.
            _ = SetProcessGroup(0, 0);
        }
    }

    /// <summary>Called in a worker: it dies with the thread that started it.</summary>
    /// <returns>False where the system has no such thing; the worker then has to watch its parent itself.</returns>
    public static bool DieWithParent() => OperatingSystem.IsLinux() && Control(SetParentDeathSignal, KillSignal) == 0;

    /// <summary>Ends a process and all that it started, at once.</summary>
    public static void KillTree(Process process)
    {
        if (!OperatingSystem.IsWindows())
        {
            // The group does not exist before the worker made it, so the process itself is named too.
            _ = Kill(-process.Id, KillSignal);
            _ = Kill(process.Id, KillSignal);
            return;
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It is ending.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int processId, int group);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint value, nint second = 0, nint third = 0, nint fourth = 0);
}
