using Edgewise.Supervision;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>Reads the end of a run from how its process died and what it wrote to standard error at last.</summary>
internal static class WorkerDeath
{
    /// <summary>Signature of every run that wanted more memory than it may have.</summary>
    public const string OutOfMemory = "out of memory";

    private const string Unhandled = "Unhandled exception. ";
    private const string EngineFrame = "at Edgewise.Exploration.Engines.";
    private const int MessageLines = 12;
    private const int Abort = 6;

    /// <summary>The end of a run.</summary>
    /// <param name="death">How the process died.</param>
    /// <param name="errorLines">First lines of its standard error.</param>
    /// <param name="deadline">The time that it had.</param>
    public static TimelineEnd ToEnd(DeathRecord death, IReadOnlyList<string> errorLines, TimeSpan deadline) => death.Cause switch
    {
        DeathCause.Timeout => new TimelineEnd(BugKind.Timeout, "timeout", $"still running after {deadline.TotalSeconds:0.###} s, and killed"),
        DeathCause.Hang => new TimelineEnd(
            BugKind.Hang,
            "hang",
            $"waiting after {deadline.TotalSeconds:0.###} s, and killed: a forked process has one thread, so no pool thread, timer or finaliser ever runs in it"),
        DeathCause.Exit => new TimelineEnd(BugKind.ExitCode, $"exit code {death.Number}", Join($"the process ended itself with exit code {death.Number}", errorLines)),
        _ => OfSignal(death.Number, errorLines),
    };

    private static TimelineEnd OfSignal(int signal, IReadOnlyList<string> errorLines)
    {
        string name = SignalNames.Of(signal);
        string message = Join($"the process was ended by {name}", errorLines);
        if (signal != Abort || errorLines.Count == 0)
        {
            return new TimelineEnd(BugKind.Crash, name, message);
        }

        // What the runtime itself says before it aborts: a reason, perhaps an exception, and the stack.
        if (errorLines.Any(static line => line.StartsWith("Out of memory", StringComparison.Ordinal) || line.Contains("System.OutOfMemoryException", StringComparison.Ordinal)))
        {
            return new TimelineEnd(BugKind.OutOfMemory, OutOfMemory, message);
        }

        string reason = errorLines[0].Trim();
        string frame = FirstFrame(errorLines);
        if (reason.StartsWith(Unhandled, StringComparison.Ordinal))
        {
            return new TimelineEnd(BugKind.Exception, $"{TypeOf(reason[Unhandled.Length..])} {frame}".TrimEnd(), message);
        }

        string exception = errorLines.Count > 1 && errorLines[1].Contains("Exception:", StringComparison.Ordinal) ? $" {TypeOf(errorLines[1])}" : "";
        return new TimelineEnd(BugKind.Crash, $"{name}: {reason}{exception} {frame}".TrimEnd(), message);
    }

    private static string TypeOf(string exception) => exception.Split(':')[0].Trim();

    // The first that is not the framework's, if there is one: there the user looks.
    private static string FirstFrame(IReadOnlyList<string> errorLines)
    {
        string[] frames = [.. errorLines.Select(static line => line.Trim()).Where(static line => line.StartsWith("at ", StringComparison.Ordinal))];
        return frames.FirstOrDefault(static frame => !frame.StartsWith("at System.", StringComparison.Ordinal)) ?? frames.FirstOrDefault("");
    }

    // How often frames repeat on an overflowing stack differs from run to run, and below the simulation's frames stand those of the engine.
    private static string Join(string first, IReadOnlyList<string> errorLines) => string.Join(
        '\n',
        [
            first,
            .. errorLines
                .TakeWhile(static line => !line.Contains(EngineFrame, StringComparison.Ordinal))
                .Where(static line => !line.StartsWith("Repeat", StringComparison.Ordinal))
                .Take(MessageLines),
        ]);
}
