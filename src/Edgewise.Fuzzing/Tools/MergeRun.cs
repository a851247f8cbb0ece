using System.Diagnostics;
using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Merging;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting;

namespace Edgewise.Fuzzing.Tools;

/// <summary>Runs the inputs of a merge in worker processes that may die of them.</summary>
public sealed class MergeRun(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start)
{
    private readonly FuzzSettings _settings = ToolProcess.Plain(settings);
    private readonly List<(string Path, Finding Finding)> _findings = [];

    /// <summary>Hears what the workers say.</summary>
    public Action<FuzzMessage>? Heard { get; set; }

    /// <summary>Hears the merge's own lines.</summary>
    public Action<string>? Said { get; set; }

    /// <summary>Inputs that the target threw at or died of, which no corpus gets.</summary>
    public IReadOnlyList<(string Path, Finding Finding)> Findings => _findings;

    /// <summary>Merges.</summary>
    /// <param name="request">What.</param>
    /// <param name="cancellation">Ends it; what was run stands in the control file.</param>
    /// <exception cref="HostingException">The target cannot be loaded.</exception>
    /// <exception cref="Corpus.CorpusException">The control file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public MergeResult Run(MergeRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        using CampaignMemory memory = TargetProbe.CreateMemory(Longest(request), out string memoryPath);
        return CorpusMerge.Run(request, attempt => Attempt(request, memory, memoryPath, cancellation), text => Said?.Invoke(text));
    }

    private int Longest(MergeRequest request)
    {
        int limit = _settings.Campaign.MaxLength > 0 ? _settings.Campaign.MaxLength : InputFolder.UsualLargest;
        return (int)request.FirstCorpus.Concat(request.Others).Select(file => file.Size).Where(size => size <= limit).DefaultIfEmpty(0).Max();
    }

    private bool Attempt(MergeRequest request, CampaignMemory memory, string memoryPath, CancellationToken cancellation)
    {
        TellStep(request.ControlPath);
        unsafe
        {
            memory.Header->IsInTarget = 0;
        }

        using var process = new ToolProcess(
            _settings, start, memory, memoryPath, order => order with { Task = WorkerTask.Merge, ControlPath = request.ControlPath, MergeMode = request.Mode });
        while (process.Next(cancellation) is { } message)
        {
            switch (message)
            {
                case EndMessage:
                    return true;
                case FindingMessage finding:
                    Add(MergeControlFile.Read(request.ControlPath).Files[(int)finding.Finding.Execution].Path, finding.Finding);
                    break;
                default:
                    Heard?.Invoke(message);
                    break;
            }
        }

        var control = MergeControlFile.Read(request.ControlPath);
        if (control.LastFailure is { } failure)
        {
            Add(failure.Path, process.Death());
        }

        return false;
    }

    private void Add(string path, Finding finding)
    {
        _findings.Add((path, finding));
        Heard?.Invoke(new NoticeMessage($"{path}: {finding.Title}; left out"));
    }

    private void TellStep(string controlPath)
    {
        var control = MergeControlFile.Read(controlPath);
        Said?.Invoke($"MERGE-INNER: using the control file '{controlPath}'");
        if (control.LastFailure is { } failure)
        {
            Said?.Invoke($"MERGE-INNER: '{failure.Path}' caused a failure at the previous merge step");
        }

        Said?.Invoke($"MERGE-INNER: {control.Files.Count} total files; {control.FirstNotStarted} processed earlier; will process {control.Files.Count - control.FirstNotStarted} files now");
    }
}
