using System.Diagnostics;
using System.Globalization;
using System.Text;
using Edgewise.Exploration.Engines.Forking.Platform;
using Edgewise.Exploration.Engines.Workers;

namespace Edgewise.Exploration.Engines.Forking;

/// <summary>Waits for a forked child, kills it when its time is over, and says how it ended. Always runs in the child's parent.</summary>
/// <remarks>
/// When the runtime ends a process after a crash, it first waits two seconds for a thread of its own that a forked child has not. So a child whose
/// standard error says that it crashed, and that sleeps, is taken for dead already.
/// </remarks>
/// <param name="errorFile">The file that children have as standard error.</param>
/// <param name="slot">The slot that they share: one that waits for its engine to read is not asleep.</param>
internal sealed class ForkWatch(int errorFile, WorkerSlot slot)
{
    private const int StateSamples = 5;
    private const int Abort = 6;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly string[] CrashTexts = ["Stack overflow.", "Process terminated.", "Fatal error.", "Unhandled exception.", "Out of memory"];

    private readonly byte[] _start = new byte[64];

    /// <summary>Waits for a child to end.</summary>
    /// <param name="child">Its number.</param>
    /// <param name="deadline">Time that it has, again whenever <paramref name="progress"/> says something new.</param>
    /// <param name="progress">A number that changes when the child is not to blame for the time so far; negative while it is not.</param>
    /// <returns>How it died; where it ended by itself, with its exit code.</returns>
    public DeathRecord Wait(int child, TimeSpan deadline, Func<long> progress)
    {
        long since = Stopwatch.GetTimestamp();
        long last = progress();
        while (!LinuxFork.WaitForEnd(child, Look))
        {
            long now = progress();
            if (now < 0 || now != last)
            {
                last = now;
                since = Stopwatch.GetTimestamp();
            }
            else if (HasCrashed(child))
            {
                End(child);
                return new DeathRecord(DeathCause.Signal, Abort);
            }
            else if (Stopwatch.GetElapsedTime(since) >= deadline)
            {
                // One that computes is too slow; one that sleeps waits for something that never comes.
                var death = new DeathRecord(IsAsleep(child) ? DeathCause.Hang : DeathCause.Timeout, 0);
                End(child);
                return death;
            }
        }

        int status = LinuxFork.TakeStatus(child);
        return (status & 0x7F) == 0 ? new DeathRecord(DeathCause.Exit, (status >> 8) & 0xFF) : new DeathRecord(DeathCause.Signal, status & 0x7F);
    }

    private static void End(int child)
    {
        LinuxFork.Kill(child);
        _ = LinuxFork.TakeStatus(child);
    }

    private bool HasCrashed(int child)
    {
        int length = LinuxFork.ReadErrorFile(errorFile, _start);
        if (length == 0)
        {
            return false;
        }

        string start = Encoding.UTF8.GetString(_start, 0, length);
        return CrashTexts.Any(text => start.StartsWith(text, StringComparison.Ordinal)) && IsAsleep(child);
    }

    private bool IsAsleep(int child)
    {
        for (int i = 0; i < StateSamples; i++)
        {
            // A crash is written down by a thread of its own.
            if (Volatile.Read(ref slot.WorkerSleeps) != 0 || Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{child}/task")).Any(IsRunning))
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }

    private static bool IsRunning(string task)
    {
        try
        {
            string line = File.ReadAllText(Path.Combine(task, "stat"));
            // The name before it is in parentheses, and may hold some.
            return line[line.LastIndexOf(')') + 2] == 'R';
        }
        catch (IOException)
        {
            // It has just ended, so it was running.
            return true;
        }
    }
}
