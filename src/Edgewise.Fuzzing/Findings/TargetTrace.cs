namespace Edgewise.Fuzzing.Findings;

/// <summary>Reads the target's part out of a stack trace: what called it is the same for each finding.</summary>
internal static class TargetTrace
{
    private const string Frame = "at ";

    // The innermost frames that are no part of the target: the engine, what binds targets, and the main function.
    private static readonly string[] Callers = ["Edgewise.Fuzzing.", "Edgewise.Hosting.", "Edgewise.Cli.", "Program.<Main>$("];

    /// <summary>The lines up to the first frame of whoever called the target; an inner exception's frames stay.</summary>
    public static IEnumerable<string> Cut(IEnumerable<string> lines)
    {
        bool isBehind = false;
        foreach (string line in lines)
        {
            if (!IsFrame(line))
            {
                isBehind = false;
            }
            else if (Array.Exists(Callers, caller => line.TrimStart()[Frame.Length..].StartsWith(caller, StringComparison.Ordinal)))
            {
                isBehind = true;
            }

            if (!isBehind)
            {
                yield return line;
            }
        }
    }

    /// <summary>The target's methods in lines of a trace, the innermost first, each once.</summary>
    public static IEnumerable<string> Methods(IEnumerable<string> lines) =>
        Cut(lines).Where(IsFrame).Select(Method).Where(IsTargets).Distinct();

    private static bool IsFrame(string line) => line.TrimStart().StartsWith(Frame, StringComparison.Ordinal);

    private static string Method(string line)
    {
        string method = line.TrimStart()[Frame.Length..];
        int end = method.IndexOf('(', StringComparison.Ordinal);
        return end < 0 ? method : method[..end];
    }

    private static bool IsTargets(string method) =>
        !method.StartsWith("System.", StringComparison.Ordinal) && !method.StartsWith("DynamicClass.", StringComparison.Ordinal);
}
