using Edgewise.Supervision;

namespace Edgewise.Fuzzing.Findings;

/// <summary>What the death of a process was, from how it ended and what the runtime wrote last.</summary>
/// <param name="What">A few words that tell it from other deaths.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Frames">The target's methods, the innermost first.</param>
/// <param name="Details">What was written, without the frames of those who called the target.</param>
internal sealed record ProcessDeath(string What, string Title, IReadOnlyList<string> Frames, string Details)
{
    private const string Overflow = "Stack overflow.";
    private const string FailFast = "Process terminated.";
    private const string Fatal = "Fatal error.";
    private const string Unhandled = "Unhandled exception. ";
    private const string Repeated = "Repeat";
    private const string Rule = "-----";

    /// <summary>The signature of a finding.</summary>
    public string Signature => FindingSignature.Of(What, Frames);

    /// <summary>Reads what is known of a death.</summary>
    /// <param name="end">How the process ended.</param>
    /// <param name="lines">The first lines of its standard error; the target's own may stand before the runtime's.</param>
    public static ProcessDeath Of(ProcessEnd end, IReadOnlyList<string> lines)
    {
        int start = FirstOfRuntime(lines);
        List<string> told = [.. TargetTrace.Cut(lines.Skip(Math.Max(0, start)))];
        List<string> frames = [.. TargetTrace.Methods(told)];
        string first = start < 0 ? "" : lines[start];
        (string what, string title) = first switch
        {
            _ when first.StartsWith(Overflow, StringComparison.Ordinal) => ("stack overflow", $"stack overflow in {Named(frames = Cycle(told))}"),
            _ when first.StartsWith(FailFast, StringComparison.Ordinal) => ("fail fast", $"Environment.FailFast: {Behind(told, first[FailFast.Length..])}"),
            _ when first.StartsWith(Fatal, StringComparison.Ordinal) => FatalError(Behind(told, first[Fatal.Length..]), frames),
            _ when first.StartsWith(Unhandled, StringComparison.Ordinal) => ($"unhandled {TypeOf(first[Unhandled.Length..])}", $"unhandled in a thread: {first[Unhandled.Length..]}"),
            _ when end.Signal is { } signal => ($"signal {signal}", $"the process was ended by signal {signal} ({SignalNames.Of(signal)})"),
            _ => ($"exit code {end.ExitCode}", $"the target ended the process with exit code {end.ExitCode}"),
        };
        return new ProcessDeath(what, title, frames, string.Join('\n', told));
    }

    private static int FirstOfRuntime(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            if (Array.Exists([Overflow, FailFast, Fatal, Unhandled], start => lines[i].StartsWith(start, StringComparison.Ordinal)))
            {
                return i;
            }
        }

        return -1;
    }

    // Where the stack ends is chance, so that of methods that call each other in a circle any may be the innermost: their order is that of their names.
    private static List<string> Cycle(List<string> told)
    {
        int start = told.FindIndex(line => line.StartsWith(Repeated, StringComparison.Ordinal));
        int end = start < 0 ? -1 : told.FindIndex(start + 2, line => line.StartsWith(Rule, StringComparison.Ordinal));
        return end < 0
            ? [.. TargetTrace.Methods(told)]
            : [.. TargetTrace.Methods(told[start..end]).Order(StringComparer.Ordinal)];
    }

    private static (string What, string Title) FatalError(string text, List<string> frames)
    {
        string type = TypeOf(text);
        string name = type[(type.LastIndexOf('.') + 1)..];
        return (name.Length == 0 ? "fatal error" : type, name.EndsWith("Exception", StringComparison.Ordinal) ? $"{name[..^"Exception".Length]} in {Named(frames)}" : $"fatal error: {text}");
    }

    private static string TypeOf(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return (colon < 0 ? text : text[..colon]).Trim();
    }

    // The message stands on the same line or on the next one.
    private static string Behind(List<string> told, string sameLine) =>
        sameLine.Trim() is { Length: > 0 } rest ? rest : told.Count > 1 && !told[1].TrimStart().StartsWith("at ", StringComparison.Ordinal) ? told[1].Trim() : "no message";

    private static string Named(List<string> frames) => frames.Count > 0 ? frames[0] : "code that is not the target's";
}
