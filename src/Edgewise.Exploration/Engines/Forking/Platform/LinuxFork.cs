using System.Runtime.InteropServices;

namespace Edgewise.Exploration.Engines.Forking.Platform;

/// <summary>The system calls of Linux that a forking worker needs. They are all blittable, so that a child need not compile anything to call them.</summary>
internal static unsafe partial class LinuxFork
{
    private const int KillSignal = 9;
    private const int SetParentDeathSignal = 1;
    private const int OpenPidDescriptor = 434; // x64
    private const short PollIn = 1;
    private static readonly delegate* unmanaged[SuppressGCTransition]<int, void> ExitNow =
        (delegate* unmanaged[SuppressGCTransition]<int, void>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_exit");

    /// <summary>True if the kernel has descriptors of processes (5.3 and later).</summary>
    public static bool HasPidDescriptors()
    {
        int descriptor = (int)Call(OpenPidDescriptor, GetProcessId(), 0);
        return descriptor >= 0 && Close(descriptor) == 0;
    }

    /// <summary>Copies this process; 0 in the copy, -1 where the system has no room.</summary>
    [LibraryImport("libc", EntryPoint = "fork")]
    public static partial int Fork();

    /// <summary>Ends this process at once: nothing of the runtime is torn down, no handler called.</summary>
    public static void Exit(int code) => ExitNow(code);

    /// <summary>Number of this process, asked anew: what .NET knows is the number before a fork.</summary>
    [LibraryImport("libc", EntryPoint = "getpid")]
    public static partial int GetProcessId();

    /// <summary>Called in a child: it dies when its parent does. False if the parent has died already.</summary>
    public static bool DieWithParent(int parent)
    {
        _ = Control(SetParentDeathSignal, KillSignal, 0, 0, 0);
        return GetParentId() == parent;
    }

    /// <summary>Waits for a child's end, but does not take it.</summary>
    /// <returns>False where it had not ended in time.</returns>
    public static bool WaitForEnd(int child, TimeSpan time)
    {
        int descriptor = (int)Call(OpenPidDescriptor, child, 0);
        var wanted = new Wanted { Descriptor = descriptor, Events = PollIn };
        long end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        int answer;
        do
        {
            answer = Poll(&wanted, 1, (int)Math.Clamp(end - Environment.TickCount64, 0, int.MaxValue));
        }
        while (answer < 0);

        _ = Close(descriptor);
        return answer > 0;
    }

    /// <summary>Takes the status of a child that has ended or is ending.</summary>
    public static int TakeStatus(int child)
    {
        int status = 0;
        while (Wait(child, &status, 0) != child)
        {
            // Interrupted by a signal: it is our own child, so it cannot be gone.
        }

        return status;
    }

    /// <summary>Ends a child.</summary>
    public static void Kill(int child) => _ = Kill(child, KillSignal);

    /// <summary>A file in memory that takes the standard error of children; -1 where there is none to be had.</summary>
    public static int MakeErrorFile()
    {
        ReadOnlySpan<byte> name = "edgewise-errors\0"u8;
        fixed (byte* start = name)
        {
            return MakeMemoryFile(start, 1);
        }
    }

    /// <summary>Called in a child: standard error is the file from now on.</summary>
    public static void UseErrorFile(int file) => _ = Duplicate(file, 2);

    /// <summary>Empties the file.</summary>
    public static void ClearErrorFile(int file)
    {
        _ = Truncate(file, 0);
        _ = Seek(file, 0, 0);
    }

    /// <summary>Reads the file from its start.</summary>
    public static int ReadErrorFile(int file, Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            return (int)Math.Max(0, ReadAt(file, start, (nuint)destination.Length, 0));
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint first, nint second);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(Wanted* wanted, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int Wait(int processId, int* status, int options);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint value, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentId();

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "memfd_create")]
    private static partial int MakeMemoryFile(byte* name, uint flags);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int over);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    private static partial int Truncate(int descriptor, nint length);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial nint Seek(int descriptor, nint offset, int origin);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint ReadAt(int descriptor, byte* destination, nuint length, nint offset);

    [StructLayout(LayoutKind.Sequential)]
    private struct Wanted
    {
        public int Descriptor;
        public short Events;
        public short Answers;
    }
}
