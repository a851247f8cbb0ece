using System.Diagnostics;
using Edgewise.Corpus.Inputs;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting;

namespace Edgewise.Fuzzing.Tools;

/// <summary>Runs the files that a user names, each as often as asked; one that ends the process does not keep the others from being run.</summary>
public sealed class FileReplay(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start)
{
    /// <summary>Hears what the worker says while it loads the target.</summary>
    public Action<FuzzMessage>? Heard { get; set; }

    /// <summary>Called before each file.</summary>
    public Action<string>? Running { get; set; }

    /// <summary>Called after each file with its bytes and the time it took; the finding is null where it showed none.</summary>
    public Action<string, int, TimeSpan, Finding?>? Ran { get; set; }

    /// <summary>Called for a file that is left out.</summary>
    public Action<SkippedInput>? Skipped { get; set; }

    /// <summary>Runs the files, folders' files too.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="times">How often each is run.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HostingException">The target cannot be loaded.</exception>
    /// <exception cref="Corpus.CorpusException">A folder cannot be read.</exception>
    public FuzzResult Run(IEnumerable<string> paths, long times, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        InputFile[] files = [.. paths.SelectMany(InputFolder.List)];
        int longest = (int)files.Select(file => file.Size).Where(size => size <= InputFolder.UsualLargest).DefaultIfEmpty(0).Max();
        List<Finding> findings = [];
        List<string> names = [];
        int processes = 0;
        bool wasInterrupted = false;
        try
        {
            using var probe = new TargetProbe(settings, start, longest) { Heard = Heard };
            foreach (InputFile file in files)
            {
                if (InputFolder.Read(file, longest, out SkippedInput? skipped) is not { } content)
                {
                    Skipped?.Invoke(skipped!.Value);
                    continue;
                }

                Running?.Invoke(file.Path);
                (Finding? finding, TimeSpan elapsed) = Run(probe, content, times, cancellation);
                Ran?.Invoke(file.Path, content.Length, elapsed, finding);
                if (finding is not null)
                {
                    findings.Add(finding);
                    names.Add(file.Path);
                }

                processes = probe.Processes;
            }
        }
        catch (OperationCanceledException)
        {
            wasInterrupted = true;
        }

        return new FuzzResult { Findings = findings, Artifacts = names, Processes = processes, WasInterrupted = wasInterrupted, Elapsed = clock.Elapsed };
    }

    private static (Finding? Finding, TimeSpan Elapsed) Run(TargetProbe probe, byte[] content, long times, CancellationToken cancellation)
    {
        TimeSpan elapsed = TimeSpan.Zero;
        for (long run = 0; run < times; run++)
        {
            ProbeResult result = probe.Run(content, cancellation);
            elapsed += result.Elapsed;
            if (result.Finding is not null)
            {
                return (result.Finding, elapsed);
            }
        }

        return (null, elapsed);
    }
}
