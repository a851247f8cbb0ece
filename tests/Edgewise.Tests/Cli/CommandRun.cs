using Edgewise.Cli;

namespace Edgewise.Tests.Cli;

/// <summary>A call of the command within the test's process.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">The lines it wrote to standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    /// <summary>Calls it.</summary>
    public static CommandRun Of(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int exitCode = EdgewiseCommand.Invoke(args, output, error);
        return new CommandRun(exitCode, output.ToString(), error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
