using System.Globalization;
using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Fuzzing.Parallel;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary><c>edgewise fuzz -jobs=N -workers=M</c>: whole campaigns, each with a log of its own.</summary>
internal static class JobsAction
{
    /// <summary>Runs the jobs.</summary>
    /// <returns>0, or 1 where one of them ended otherwise.</returns>
    public static int Execute(CommandReport report, FuzzSettings settings, LibFuzzerFlags flags) => ToolErrors.Tell(report, token =>
    {
        int jobs = (int)flags.Number("jobs");
        int workers = flags.Number("workers") > 0 ? (int)flags.Number("workers") : Math.Min(jobs, Math.Max(1, Environment.ProcessorCount / 2));
        var queue = new CampaignJobs(settings, WorkerStart.FromThisProgram, jobs, workers)
        {
            SharesEntries = flags.Is("reload"),
            Listener = (job, own, supervisor) => new JobLog(own, supervisor, string.Create(CultureInfo.InvariantCulture, $"fuzz-{job}.log"), flags),
        };
        queue.Ended = (job, result) =>
        {
            report.ErrorOutput.WriteLine(ForkText.JobEnded(job, flags.ExitCode(result)));
            if (result.Error is { } error)
            {
                ToolErrors.Say(report, error);
            }
        };
        return queue.Run(token).Any(result => result is not null && flags.ExitCode(result) != 0) ? CommandReport.Failure : 0;
    });
}
