using System.Diagnostics;
using Edgewise.Fuzzing.Findings;

namespace Edgewise.Fuzzing.Tools;

/// <summary>
/// Makes an input shorter and plainer: of one that shows a finding the signature stays, of another the edges and their hit-count classes, which is the rule of
/// AFL's <c>tmin</c>.
/// </summary>
public sealed class InputReduction(TargetProbe probe, ReductionLimits limits)
{
    /// <summary>Tries it.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellation">Ends the search; what was found so far is the result.</param>
    /// <exception cref="Hosting.HostingException">The target cannot be loaded.</exception>
    public ReductionResult Run(byte[] input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var clock = Stopwatch.StartNew();
        long before = probe.Runs;

        // The first run may do what is done only once: its edges are not compared.
        ProbeResult first = probe.Run(input, cancellation);
        ProbeResult reference = first.Finding is null ? probe.Run(input, cancellation) : first;
        int reproduced = 0;
        for (int run = 0; run < FindingCheck.Reruns; run++)
        {
            reproduced += IsSame(probe.Run(input, cancellation), reference) ? 1 : 0;
        }

        byte[] smallest = input;
        bool wasCutShort = false;
        bool IsOver() => cancellation.IsCancellationRequested || clock.Elapsed >= limits.Time || probe.Runs - before >= limits.Runs;
        if (reproduced == FindingCheck.Reruns)
        {
            int processes = probe.Processes;
            smallest = InputMinimizer.Minimize(input, Shows, limits.Runs);
            wasCutShort = IsOver();

            bool Shows(byte[] candidate)
            {
                if (IsOver())
                {
                    return false;
                }

                try
                {
                    if (reference.Finding is null && processes != probe.Processes)
                    {
                        processes = probe.Processes;
                        probe.Run(input, cancellation);
                    }

                    return IsSame(probe.Run(candidate, cancellation), reference);
                }
                catch (OperationCanceledException)
                {
                    return false;
                }
            }
        }

        return new ReductionResult
        {
            Finding = reference.Finding,
            Input = input,
            Smallest = smallest,
            Points = reference.Points,
            Reproduced = reproduced,
            Reruns = FindingCheck.Reruns,
            Runs = probe.Runs - before,
            Processes = probe.Processes,
            WasCutShort = wasCutShort,
        };
    }

    private static bool IsSame(ProbeResult result, ProbeResult reference) => reference.Finding is { } finding
        ? result.Finding?.Signature == finding.Signature
        : result.Finding is null && result.IsRejected == reference.IsRejected && result.Map == reference.Map;
}
