using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Edgewise.Fuzzing.Afl.Platform;

/// <summary>Processes by their numbers, with ends as the system tells them: .NET knows only exit codes.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class ChildProcess
{
    /// <summary>The signal that nobody can refuse.</summary>
    public const int KillSignal = 9;

    /// <summary>What a process dies of that ends itself for an error, .NET's included.</summary>
    public const int AbortSignal = 6;

    private const int DoNotWait = 1;
    private const int SetParentDeathSignal = 1;

    /// <summary>Starts a program that has the descriptors of this process.</summary>
    /// <param name="arguments">The program's path and its arguments.</param>
    /// <param name="environment">Variables, each <c>NAME=value</c>.</param>
    /// <returns>The number of the process.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static int Start(IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        nint* argumentTexts = Texts(arguments);
        nint* environmentTexts = Texts(environment);
        int error = Spawn(out int id, argumentTexts[0], 0, 0, argumentTexts, environmentTexts);
        Free(argumentTexts);
        Free(environmentTexts);
        return error == 0 ? id : throw new IOException($"{arguments[0]}: cannot be started: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Tells whether a child has ended.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="status">How it ended, as <c>waitpid</c> tells it.</param>
    public static bool HasEnded(int id, out int status) => Wait(id, out status, DoNotWait) == id;

    /// <summary>Ends a child and waits for that.</summary>
    public static void End(int id)
    {
        Signal(id, KillSignal);
        _ = Wait(id, out _, 0);
    }

    /// <summary>Sends a signal.</summary>
    public static void Signal(int id, int signal) => _ = Kill(id, signal);

    /// <summary>Binds this process to the life of the thread that started it.</summary>
    /// <param name="parent">Number of that thread's process.</param>
    /// <returns>False where the parent is gone already.</returns>
    public static bool DieWith(int parent) => Control(SetParentDeathSignal, KillSignal) == 0 && Parent() == parent;

    /// <summary>Ends this process by a signal, without anything that the runtime would do first.</summary>
    public static void DieOf(int signal)
    {
        const nint Default = 0;
        _ = SetHandler(signal, Default);
        Signal(Environment.ProcessId, signal);
        Thread.Sleep(Timeout.Infinite);
    }

    private static nint* Texts(IReadOnlyList<string> texts)
    {
        var pointers = (nint*)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(nint));
        for (int i = 0; i < texts.Count; i++)
        {
            pointers[i] = Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return pointers;
    }

    private static void Free(nint* texts)
    {
        for (nint* text = texts; *text != 0; text++)
        {
            Marshal.FreeCoTaskMem(*text);
        }

        NativeMemory.Free(texts);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    private static partial int Spawn(out int id, nint path, nint actions, nint attributes, nint* arguments, nint* environment);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int Wait(int id, out int status, int options);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int id, int signal);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int Parent();

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint value, nint second = 0, nint third = 0, nint fourth = 0);
}
