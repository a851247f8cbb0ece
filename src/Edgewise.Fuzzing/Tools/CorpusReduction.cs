using System.Diagnostics;
using Edgewise.Corpus;
using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Merging;
using Edgewise.Corpus.Minimization;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Fuzzing.Tools;

/// <summary>Chooses few and cheap inputs that cover all that a corpus covers: the same whatever the files are called and in which order they come.</summary>
public sealed class CorpusReduction(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start)
{
    // The least that each hit-count class stands for.
    private static readonly int[] LeastHits = [1, 2, 3, 4, 8, 16, 32, 128];

    /// <summary>Hears what the workers say.</summary>
    public Action<FuzzMessage>? Heard { get; set; }

    /// <summary>Work that a run of an input takes, told without a clock: its bytes and the points that it passes.</summary>
    public static long CostOf(MergeFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Size + file.Features.Sum(feature => (long)LeastHits[feature % CampaignSizes.ClassesPerPoint]);
    }

    /// <summary>Runs all inputs and chooses.</summary>
    /// <param name="inputs">Folders with inputs, or inputs.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Hosting.HostingException">The target cannot be loaded.</exception>
    /// <exception cref="CorpusException">A folder cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public CorpusReductionResult Run(IEnumerable<string> inputs, CancellationToken cancellation)
    {
        InputFile[] files = [.. inputs.SelectMany(InputFolder.List)];
        string controlPath = Path.Combine(Path.GetTempPath(), $"edgewise-cmin-{Guid.NewGuid():N}");
        try
        {
            var merge = new MergeRun(settings, start) { Heard = Heard };
            merge.Run(new MergeRequest { ControlPath = controlPath, FirstCorpus = [], Others = files, Mode = MergeMode.SetCover }, cancellation);
            MergeFile[] executed = [.. MergeControlFile.Read(controlPath).Files.Where(file => file.Features.Count > 0)];
            CoverCandidate[] candidates = [.. executed.Select(file => new CoverCandidate(EntryName.Of(File.ReadAllBytes(file.Path)), CostOf(file), file.Features.ToArray()))];
            HashSet<uint> features = [.. executed.SelectMany(file => file.Features)];
            return new CorpusReductionResult(
                [.. SetCover.Choose(candidates).Select(index => executed[index])], files.Length, files.Sum(file => file.Size), features.Count,
                features.Select(feature => feature / CampaignSizes.ClassesPerPoint).Distinct().Count(), merge.Findings);
        }
        finally
        {
            File.Delete(controlPath);
        }
    }
}
