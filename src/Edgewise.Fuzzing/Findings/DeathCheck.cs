using System.Diagnostics;
using Edgewise.Fuzzing.Running;
using Edgewise.Fuzzing.Tools;
using Edgewise.Hosting;
using Edgewise.Supervision;

namespace Edgewise.Fuzzing.Findings;

/// <summary>Runs an input that killed its process again, in processes that may die of it: does it show each time, and what is the shortest that does?</summary>
internal static class DeathCheck
{
    // Each run costs the start of a process, or the time that a hang may take.
    private static readonly ReductionLimits Limits = new(Runs: 300, TimeSpan.FromSeconds(10));

    /// <summary>The finding with its shortest input.</summary>
    /// <param name="settings">The target.</param>
    /// <param name="start">How to start a worker process.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="cancellation">Ends the search; the finding then is as it was.</param>
    public static Finding Complete(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start, Finding finding, CancellationToken cancellation)
    {
        if (finding.Kind == FindingKind.Timeout && settings.Timeout > Limits.Time)
        {
            return finding;
        }

        try
        {
            using var probe = new TargetProbe(settings, start, Math.Max(1, finding.Input.Length));
            ReductionResult result = new InputReduction(probe, Limits with { Runs = Math.Min(Limits.Runs, settings.MinimizingRuns) }).Run(finding.Input, cancellation);
            bool isSame = result.Finding is { } shown && FindingSignature.KindOf(shown.Signature) == FindingSignature.KindOf(finding.Signature);
            return finding with
            {
                Reruns = result.Reruns,
                Reproduced = isSame ? result.Reproduced : 0,
                Minimized = isSame && !result.IsFlaky ? result.Smallest : null,
            };
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or HostingException or SupervisionException)
        {
            // The campaign's finding stands, whatever became of the processes that were to look into it.
            return finding;
        }
    }
}
