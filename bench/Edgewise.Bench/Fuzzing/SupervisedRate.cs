using System.Diagnostics;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Bench.Fuzzing;

/// <summary>The rate of a campaign in a worker process, as <c>edgewise fuzz</c> runs it, read from outside while it goes on.</summary>
internal static class SupervisedRate
{
    private const int SampleMilliseconds = 250;

    private static readonly TimeSpan PatienceWithStart = TimeSpan.FromSeconds(60);

    /// <summary>Runs a campaign and samples it.</summary>
    /// <param name="settings">The campaign.</param>
    /// <param name="warmUp">Time until the first sample, counted from the first execution.</param>
    /// <param name="samples">How many samples; the best counts.</param>
    /// <exception cref="InvalidDataException">The campaign could not be run.</exception>
    public static FuzzRate Measure(FuzzSettings settings, TimeSpan warmUp, int samples)
    {
        using var cancellation = new CancellationTokenSource();
        var supervisor = new FuzzSupervisor(settings, WorkerStart.FromThisProgram);
        Task<FuzzResult> campaign = Task.Run(() => supervisor.Run(cancellation.Token));
        try
        {
            WaitForExecutions(supervisor, campaign);
            Thread.Sleep(warmUp);
            CampaignStatus first = Look(supervisor), last = first;
            double best = 0;
            long time = Stopwatch.GetTimestamp();
            for (int i = 0; i < samples; i++)
            {
                Thread.Sleep(SampleMilliseconds);
                CampaignStatus now = Look(supervisor);
                long nowTime = Stopwatch.GetTimestamp();
                best = Math.Max(best, (now.Executions - last.Executions) / Stopwatch.GetElapsedTime(time, nowTime).TotalSeconds);
                (last, time) = (now, nowTime);
            }

            return FuzzRate.Between(first, last, best);
        }
        finally
        {
            cancellation.Cancel();
            campaign.Wait();
        }
    }

    private static void WaitForExecutions(FuzzSupervisor supervisor, Task<FuzzResult> campaign)
    {
        long start = Stopwatch.GetTimestamp();
        while (supervisor.Status is not { Executions: > 0 })
        {
            if (campaign.IsCompleted || Stopwatch.GetElapsedTime(start) > PatienceWithStart)
            {
                throw new InvalidDataException($"the worker process began nothing: {(campaign.IsCompletedSuccessfully ? campaign.Result.Error : campaign.Exception?.Message) ?? "it takes too long"}");
            }

            Thread.Sleep(SampleMilliseconds / 10);
        }
    }

    private static CampaignStatus Look(FuzzSupervisor supervisor) => supervisor.Status ?? throw new InvalidDataException("the campaign ended before it was to");
}
