using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Fuzzing.Parallel;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary><c>edgewise fuzz -fork=N</c>: several campaigns with one corpus.</summary>
internal static class ForkAction
{
    /// <summary>Runs the campaigns.</summary>
    public static FuzzResult Run(FuzzSettings settings, LibFuzzerFlags flags, LibFuzzerLog log, Action<FuzzMessage> heard, CancellationToken cancellation)
    {
        int workers = (int)flags.Number("fork");
        FuzzSettings forked = settings with { IgnoresTimeouts = flags.Is("ignore_timeouts"), IgnoresOutOfMemory = flags.Is("ignore_ooms") };
        log.Line(ForkText.Begin(workers));
        var campaign = new ForkedCampaign(forked, WorkerStart.FromThisProgram, workers)
        {
            Heard = heard,
            Written = log.Write,
            SlowWritten = log.Write,
            JobEnded = status => log.Line(ForkText.Line(status)),
        };
        FuzzResult result = campaign.Run(cancellation);
        log.Line(ForkText.End(flags.ExitCode(result), result.Elapsed));
        return result;
    }
}
