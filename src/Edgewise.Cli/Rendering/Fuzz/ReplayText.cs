using System.Globalization;
using Edgewise.Fuzzing.Findings;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>What a run of named files says, in libFuzzer's words.</summary>
internal static class ReplayText
{
    /// <summary>The first line.</summary>
    public static string Begin(string target, int inputs, long times) => string.Create(CultureInfo.InvariantCulture, $"{target}: Running {inputs} inputs {times} time(s) each.");

    /// <summary>Before a file.</summary>
    public static string Running(string path) => $"Running: {path}";

    /// <summary>After a file: what it showed, if anything, and how long it took.</summary>
    public static IEnumerable<string> Ran(string path, int length, TimeSpan elapsed, Finding? finding, int process)
    {
        if (finding is not null)
        {
            foreach (string line in FindingLines.Report(finding, process).Concat(FindingLines.Unit(finding)))
            {
                yield return line;
            }

            yield return $"INFO: edgewise: {path} ({length} bytes): {finding.Title}";
            if (finding.EndedProcess)
            {
                yield return "INFO: edgewise: the process did not outlive it; another one goes on";
            }
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"Executed {path} in {(long)elapsed.TotalMilliseconds} ms");
    }

    /// <summary>The last lines.</summary>
    public static IEnumerable<string> End() =>
    [
        "***",
        "*** NOTE: fuzzing was not performed, you have only",
        "***       executed the target code on a fixed set of inputs.",
        "***",
    ];
}
