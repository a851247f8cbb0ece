using System.Diagnostics;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting.Images;
using Puzzles;

namespace Edgewise.Bench.Fuzzing;

/// <summary>A campaign against one puzzle, in this process, with the defaults of <c>edgewise fuzz</c>.</summary>
/// <remarks>It is the worker of the command: the puzzle's own seeds and dictionary count, and nothing but the way to the parent is missing.</remarks>
internal static class PuzzleCampaign
{
    /// <summary>The library of puzzles.</summary>
    public static string Library => typeof(PuzzleSolvedException).Assembly.Location;

    /// <summary>Searches until the puzzle is solved, or the limit is reached.</summary>
    /// <param name="puzzle">Name of the puzzle.</param>
    /// <param name="seed">Seed of the campaign.</param>
    /// <param name="limit">Most executions.</param>
    /// <param name="cache">Keeps the instrumented images.</param>
    /// <param name="longest">Longest time; null: as long as it takes.</param>
    /// <exception cref="InvalidDataException">The puzzle threw what solves no puzzle.</exception>
    public static PuzzleOutcome Run(string puzzle, ulong seed, long limit, ImageCache cache, TimeSpan? longest = null)
    {
        var settings = new FuzzSettings
        {
            TargetPath = Library,
            Method = puzzle,
            Assemblies = Path.GetFileNameWithoutExtension(Library),
            Campaign = new CampaignOptions { Seed = seed, Runs = limit },
            HasOwnSeed = true,
            MinimizingRuns = 0,
        };
        Finding? finding = null;
        CampaignStatus? status = null;
        long begun = 0;
        TimeSpan time = default;
        var worker = new FuzzWorker(settings, message =>
        {
            switch (message)
            {
                case FindingMessage { IsSecond: false } found:
                    finding = found.Finding;
                    time = Stopwatch.GetElapsedTime(begun);
                    break;
                case EndMessage end:
                    status = end.Status;
                    break;
                default:
                    break;
            }
        });
        Timer? end = null;
        worker.Run(memoryPath: null, known: [], cache, campaign =>
        {
            begun = Stopwatch.GetTimestamp();
            end = longest is { } time ? new Timer(_ => campaign.Stop(), null, time, Timeout.InfiniteTimeSpan) : null;
        });
        end?.Dispose();
        if (finding is null)
        {
            time = Stopwatch.GetElapsedTime(begun);
        }
        else if (!finding.Title.StartsWith(typeof(PuzzleSolvedException).FullName!, StringComparison.Ordinal) && !finding.Title.StartsWith(typeof(DivideByZeroException).FullName!, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{puzzle}, seed {seed}: expected that it is solved or not, but it threw {finding.Details}");
        }

        return new PuzzleOutcome(finding?.Execution, status!.CompareExecutions, time, status.Covered, status.Entries);
    }
}
