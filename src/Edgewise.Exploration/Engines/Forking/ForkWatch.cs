using System.Globalization;
using Edgewise.Exploration.Engines.Forking.Platform;
using Edgewise.Exploration.Engines.Workers;

namespace Edgewise.Exploration.Engines.Forking;

/// <summary>Waits for a forked child, kills it when its time is over, and says how it ended. Always runs in the child's parent.</summary>
internal static class ForkWatch
{
    private const int StateSamples = 5;

    /// <summary>Waits for a child to end.</summary>
    /// <param name="child">Its number.</param>
    /// <param name="deadline">Time that it has, again whenever <paramref name="progress"/> says something new.</param>
    /// <param name="progress">A number that changes when the child is not to blame for the time so far; negative while it is not.</param>
    /// <returns>How it died; where it ended by itself, with its exit code.</returns>
    public static DeathRecord Wait(int child, TimeSpan deadline, Func<long> progress)
    {
        long last = progress();
        while (!LinuxFork.WaitForEnd(child, deadline))
        {
            long now = progress();
            if (now >= 0 && now == last)
            {
                return Kill(child);
            }

            last = now;
        }

        int status = LinuxFork.TakeStatus(child);
        return (status & 0x7F) == 0 ? new DeathRecord(DeathCause.Exit, (status >> 8) & 0xFF) : new DeathRecord(DeathCause.Signal, status & 0x7F);
    }

    private static DeathRecord Kill(int child)
    {
        // One that computes is too slow; one that sleeps waits for something that never comes.
        bool isWaiting = true;
        for (int i = 0; i < StateSamples && isWaiting; i++)
        {
            isWaiting = StateOf(child) != 'R';
            Thread.Sleep(1);
        }

        LinuxFork.Kill(child);
        _ = LinuxFork.TakeStatus(child);
        return new DeathRecord(isWaiting ? DeathCause.Hang : DeathCause.Timeout, 0);
    }

    private static char StateOf(int child)
    {
        string line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{child}/stat"));
        // The name before it is in parentheses, and may hold some.
        return line[line.LastIndexOf(')') + 2];
    }
}
