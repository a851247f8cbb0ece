using System.Runtime.InteropServices;

namespace Edgewise.Supervision.Platform;

/// <summary>Sending of signals, where there are any.</summary>
internal static partial class UnixSignals
{
    private const int Hangup = 1;
    private const int Terminate = 15;

    /// <summary>Sends a signal on to a process; on Windows the system tells every process of the console itself, so nothing is to be done.</summary>
    public static void Forward(int processId, PosixSignal signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            // A failure means that the process is gone, which the wait for it reports.
            _ = Kill(processId, signal == PosixSignal.SIGHUP ? Hangup : Terminate);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
