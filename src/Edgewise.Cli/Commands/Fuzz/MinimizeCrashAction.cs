using Edgewise.Cli.Rendering;
using Edgewise.Corpus;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;
using Edgewise.Fuzzing.Tools;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary><c>edgewise fuzz -minimize_crash=1 TARGET FILE</c>: libFuzzer's way to a shorter input that crashes.</summary>
internal static class MinimizeCrashAction
{
    private const int UsualSeconds = 600;

    /// <summary>Looks for it.</summary>
    /// <returns>0, or 1 where the input does not crash.</returns>
    public static int Execute(CommandReport report, FuzzSettings settings, IReadOnlyList<string> paths, LibFuzzerFlags flags) => ToolErrors.Tell(report, token =>
    {
        void Line(string text) => report.ErrorOutput.WriteLine(TerminalText.Plain(text));
        if (paths.Count != 1 || !File.Exists(paths[0]))
        {
            report.Error("-minimize_crash=1: expected one file with an input that crashes");
            return CommandReport.Failure;
        }

        string path = paths[0];
        byte[] input = File.ReadAllBytes(path);
        long runs = flags.Number("runs"), seconds = flags.Number("max_total_time");
        if (runs < 0 && seconds == 0)
        {
            Line("INFO: you need to specify -max_total_time=N or -runs=N with -minimize_crash=1");
            Line($"INFO: defaulting to -max_total_time={UsualSeconds}");
            seconds = UsualSeconds;
        }

        Line($"CRASH_MIN: minimizing crash input: '{path}' ({input.Length} bytes)");
        using var probe = new TargetProbe(settings, WorkerStart.FromThisProgram, Math.Max(1, input.Length));
        var limits = new ReductionLimits(runs < 0 ? int.MaxValue : (int)Math.Min(runs, int.MaxValue), seconds == 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds));
        ReductionResult result = new InputReduction(probe, limits).Run(input, token);
        if (result.Finding is not { } finding)
        {
            Line($"ERROR: the input {path} did not crash");
            return CommandReport.Failure;
        }

        Line($"CRASH_MIN: '{path}' ({input.Length} bytes) caused a crash. Will try to minimize it further");
        Line($"INFO: edgewise: keeps {finding.Signature}");
        if (result.IsFlaky)
        {
            Line($"INFO: edgewise: only {result.Reproduced} of {result.Reruns} further runs crashed in the same way, so it cannot be made smaller");
        }

        string smallest = path;
        if (!result.Smallest.AsSpan().SequenceEqual(input) || settings.ExactArtifactPath is not null)
        {
            smallest = settings.ExactArtifactPath ?? $"{settings.ArtifactPrefix}minimized-from-{EntryName.Of(input)}";
            AtomicFile.Write(smallest, result.Smallest);
            Line($"artifact_prefix='{settings.ArtifactPrefix}'; Test unit written to {smallest}");
        }

        Line($"CRASH_MIN: failed to minimize beyond {smallest} ({result.Smallest.Length} bytes), exiting");
        return 0;
    });
}
