using System.Text.Json;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>A call of one of the commands of fuzzing in a process of its own.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record FuzzRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    /// <summary>The lines of standard error.</summary>
    public string[] Lines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Calls a command.</summary>
    /// <param name="folder">The folder in which it runs.</param>
    /// <param name="arguments">The command and its arguments.</param>
    public static FuzzRun Of(FuzzFolder folder, string[] arguments)
    {
        using ChildProcess process = ChildProcess.Start([TestPrograms.Edgewise, .. arguments], folder.Path, ("NO_COLOR", "1"), ("TMPDIR", folder.Temporary));
        int exitCode = process.WaitForEnd();
        return new FuzzRun(exitCode, process.Output, process.Error);
    }

    /// <summary>Calls <c>fuzz</c> without naming a target.</summary>
    public static FuzzRun OfAny(FuzzFolder folder) => Of(folder, (string[])["fuzz", TestPrograms.Fuzzed]);

    /// <summary>Calls a command with a target of the test program.</summary>
    /// <param name="folder">The folder in which it runs.</param>
    /// <param name="command">The command.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="arguments">Further arguments.</param>
    public static FuzzRun Of(FuzzFolder folder, string command, string target, params string[] arguments) =>
        Of(folder, [command, TestPrograms.Fuzzed, .. arguments, "--method", target]);
}
