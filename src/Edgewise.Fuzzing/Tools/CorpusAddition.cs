using System.Diagnostics;
using Edgewise.Corpus;
using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Merging;
using Edgewise.Corpus.Metadata;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Fuzzing.Tools;

/// <summary>Adds to a corpus the inputs of others that cover what it does not.</summary>
public sealed class CorpusAddition(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start)
{
    /// <summary>Hears what the workers say.</summary>
    public Action<FuzzMessage>? Heard { get; set; }

    /// <summary>Hears libFuzzer's lines of a merge.</summary>
    public Action<string>? Said { get; set; }

    /// <summary>Merges.</summary>
    /// <param name="folder">The corpus; made if it is not there.</param>
    /// <param name="inputs">Folders with inputs, or inputs.</param>
    /// <param name="mode">How they are chosen.</param>
    /// <param name="controlPath">The control file, which is kept; null for one that is gone afterwards.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Hosting.HostingException">The target cannot be loaded.</exception>
    /// <exception cref="CorpusException">A folder cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public CorpusAdditionResult Run(string folder, IEnumerable<string> inputs, MergeMode mode, string? controlPath, CancellationToken cancellation)
    {
        InputFile[] others = [.. inputs.SelectMany(InputFolder.List)];
        using var corpus = CorpusFolder.Open(folder);
        string control = controlPath ?? Path.Combine(Path.GetTempPath(), $"edgewise-merge-{Guid.NewGuid():N}");
        try
        {
            var merge = new MergeRun(settings, start) { Heard = Heard, Said = Said };
            MergeResult result = merge.Run(new MergeRequest { ControlPath = control, FirstCorpus = InputFolder.List(folder), Others = others, Mode = mode }, cancellation);
            List<EntryName> added = [];
            foreach (MergeFile file in result.NewFiles)
            {
                added.Add(corpus.Add(
                    File.ReadAllBytes(file.Path), new EntryMetadata { Mutation = "", Found = DateTimeOffset.UtcNow, Features = [.. file.Features], Cost = CorpusReduction.CostOf(file) }));
            }

            return new CorpusAdditionResult(added, result.NewFeatures, result.NewPoints, merge.Findings, result.Attempts);
        }
        finally
        {
            if (controlPath is null)
            {
                File.Delete(control);
            }
        }
    }
}
