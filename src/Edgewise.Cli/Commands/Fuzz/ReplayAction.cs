using Edgewise.Cli.Rendering;
using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Fuzzing.Running;
using Edgewise.Fuzzing.Tools;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary><c>edgewise fuzz TARGET FILE…</c>: runs files and searches nothing.</summary>
internal static class ReplayAction
{
    /// <summary>Runs the files.</summary>
    /// <returns>libFuzzer's exit codes.</returns>
    public static int Execute(CommandReport report, FuzzSettings settings, IReadOnlyList<string> paths, LibFuzzerFlags flags, string? jsonFile, TestEmission? tests) => ToolErrors.Tell(report, token =>
    {
        void Line(string text) => report.ErrorOutput.WriteLine(TerminalText.Plain(text));
        long times = Math.Max(1, flags.Number("runs"));
        Line(ReplayText.Begin(settings.TargetPath, paths.Count, times));
        var replay = new FileReplay(settings, WorkerStart.FromThisProgram)
        {
            Heard = message =>
            {
                tests?.Hear(message);
                if (message is NoticeMessage notice)
                {
                    Line($"INFO: edgewise: {notice.Text}");
                }
            },
            Running = path => Line(ReplayText.Running(path)),
            Ran = (path, length, elapsed, finding) =>
            {
                foreach (string line in ReplayText.Ran(path, length, elapsed, finding, Environment.ProcessId))
                {
                    Line(line);
                }
            },
            Skipped = skipped => report.Error($"{skipped.Path}: {skipped.Reason}"),
        };
        FuzzResult result = replay.Run(paths, times, token);
        foreach (string line in ReplayText.End())
        {
            Line(line);
        }

        if (result.Findings.Count > 0)
        {
            tests?.Write(result.Findings, report, Line);
        }

        JsonOutput.Write(jsonFile, report, json => FuzzJson.Write(json, settings, result));
        return Math.Max(report.ErrorCount > 0 ? CommandReport.Failure : 0, flags.ExitCode(result));
    });
}
