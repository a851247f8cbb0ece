using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Edgewise.Cli.Commands.Fuzz;
using Edgewise.Cli.Commands.Run;
using Edgewise.Cli.Rendering.Showmap;
using Edgewise.Cli.Terminal;
using Edgewise.Hosting;
using Edgewise.Native;
using Edgewise.Showmap;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Evm;
using Edgewise.Showmap.Files;
using Edgewise.Showmap.Replay;
using Edgewise.Showmap.Replay.Programs;
using Edgewise.Supervision;

namespace Edgewise.Cli.Commands.Showmap;

/// <summary>One call of <c>edgewise showmap</c>.</summary>
/// <param name="Words">The target and the corpus; only the corpus where there is a program.</param>
/// <param name="Program">A program and its arguments, of which one may be <c>@@</c>; null for a target.</param>
internal sealed record ShowmapRequest(IReadOnlyList<string> Words, IReadOnlyList<string>? Program)
{
    private const int Interrupted = 72;
    private const int EntriesPerWorker = 2048;
    private const double LongestTimeout = 1e6;
    private const int LargestMebibytes = 1024;
    private const string UsualNode = "http://127.0.0.1:8545";

    public required string Output { get; init; }

    public string Approach { get; init; } = "replay";

    public string? Trial { get; init; }

    public string? Domain { get; init; }

    public string? Method { get; init; }

    public string? Assemblies { get; init; }

    public string? Expects { get; init; }

    public bool IsPerInput { get; init; }

    public bool HasClasses { get; init; }

    public CountRule Counts { get; init; }

    public Isolation Isolation { get; init; }

    public bool IsStable { get; init; }

    public int? Workers { get; init; }

    public double Timeout { get; init; }

    public int MemoryLimit { get; init; }

    public int LargestEntry { get; init; }

    public bool Resumes { get; init; }

    public bool Replaces { get; init; }

    public bool UsesCache { get; init; } = true;

    public bool AllowsEmpty { get; init; }

    public string? Harness { get; init; }

    public string? Node { get; init; }

    public EvmEngine Engine { get; init; }

    public string? JsonFile { get; init; }

    private string Corpus => Words[^1];

    /// <summary>Does it.</summary>
    /// <returns>0 if all entries were accepted or skipped, 1 for errors, 70 for timeouts, 77 for crashes; of several the largest.</returns>
    public int Execute(CommandReport report)
    {
        Check(report);
        if (report.ErrorCount > 0)
        {
            return CommandReport.Failure;
        }

        using var interrupt = new Interrupt();
        try
        {
            return Run(report, interrupt.Token);
        }
        catch (OperationCanceledException)
        {
            report.Error("interrupted; the same command goes on where it was");
            return Interrupted;
        }
        catch (Exception failure) when (failure is HostingException or ShowmapException or SupervisionException or IOException or UnauthorizedAccessException)
        {
            ToolErrors.Say(report, failure.Message);
            return CommandReport.Failure;
        }
    }

    private void Check(CommandReport report)
    {
        JsonOutput.Check(JsonFile, report);
        CheckTarget(report);

        if (Workers is < 1 or > 1024)
        {
            report.Error($"--workers {Workers}: expected 1 to 1024");
        }

        if (Timeout is < 0 or > LongestTimeout || double.IsNaN(Timeout) || MemoryLimit < 0)
        {
            report.Error("--timeout and --memory: expected 0 or more");
        }

        if (LargestEntry is < 1 or > LargestMebibytes)
        {
            report.Error($"--max-entry {LargestEntry}: expected 1 to {LargestMebibytes} MiB");
        }

        if (Resumes && Replaces)
        {
            report.Error("--resume and --force exclude each other: what is there is either kept or replaced");
        }
    }

    private void CheckTarget(CommandReport report)
    {
        if (Harness is not null && Program is not null)
        {
            report.Error("--evm-harness and a program behind '--' exclude each other");
        }
        else if (Program is null && Harness is null ? Words.Count != 2 : Words.Count != 1 || Program is { Count: 0 })
        {
            report.Error(
                Program is not null ? "expected a corpus before '--', and a program behind it"
                : Harness is not null ? "expected one corpus with --evm-harness"
                : "expected a target and a corpus, or a corpus and, behind '--', a program");
        }

        if (Program is not null && (Method is not null || Expects is not null))
        {
            report.Error("--method and --expects are about targets; a program has neither");
        }

        if (Program is [var path, ..] && !File.Exists(path))
        {
            report.Error($"{path}: not found; expected the assembly of a .NET program");
        }

        if (Harness is null && Node is not null)
        {
            report.Error("--evm-rpc: expected --evm-harness too, which says what is replayed there");
        }

        if (Harness is not null && !File.Exists(Harness))
        {
            report.Error($"--evm-harness {Harness}: not found; 'forge build' writes it");
        }

        if (!Uri.TryCreate(NodeUrl, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            report.Error($"--evm-rpc {NodeUrl}: expected an address such as {UsualNode}");
        }
    }

    private string NodeUrl => Node ?? UsualNode;

    private int Run(CommandReport report, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<ReplayEntry> entries = EntryList.Read(Corpus);
        if (entries.Count == 0)
        {
            string message = $"{Corpus}: the corpus is empty";
            if (AllowsEmpty)
            {
                report.Note(message);
                return 0;
            }

            report.Error($"{message}; --allow-empty takes that for success");
            return CommandReport.Failure;
        }

        string trial = Trial ?? string.Create(CultureInfo.InvariantCulture, $"trial-{(DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100}");
        // Checked before anything runs: the target's name in full is known later.
        _ = new CampaignFolder(Output, Approach, "", "", trial);
        ReplaySettings settings = Settings(entries.Count);
        ReplayResult result = Replay(settings, entries, report, cancellation);
        var folder = new CampaignFolder(Output, Approach, Path.GetFileNameWithoutExtension(Program?[0] ?? Harness ?? Words[0]), result.Target, trial);
        IReadOnlyList<DomainFigures> domains = Domains(result);
        int files = domains.Any(domain => domain.IsWritten) ? Write(folder, result) : 0;
        WriteManifest(folder, settings, result);
        var summary = new ShowmapSummary(result, [.. domains.Select(domain => domain with { Files = domain.IsWritten ? files : 0 })], IsPerInput ? folder.GroupPath : folder.TrialPath, folder.ManifestPath, Stopwatch.GetElapsedTime(start));
        SummaryText.Write(report.ErrorOutput, report.IsTerminal, summary);
        foreach (string warning in SummaryText.Warnings(summary))
        {
            report.Note($"warning: {warning}");
        }

        JsonOutput.Write(JsonFile, report, json => SummaryJson.Write(json, summary));
        return report.ErrorCount > 0 ? CommandReport.Failure : summary.ExitCode;
    }

    private ReplaySettings Settings(int entries) => new()
    {
        TargetPath = Path.GetFullPath(Program?[0] ?? Harness ?? Words[0]),
        Method = Method,
        // A program's own choice is made when its parts are known.
        Assemblies = Program is null && Harness is null ? TargetChoice.Assemblies(Words[0], Assemblies) : Assemblies ?? "",
        Expected = TargetSwitches.Types(Expects),
        Isolation = Isolation,
        Workers = Workers ?? Math.Clamp(Program is null ? entries / EntriesPerWorker : entries, 1, Environment.ProcessorCount),
        Timeout = TimeSpan.FromSeconds(Timeout),
        MemoryLimit = MemoryLimit,
        LargestEntry = LargestEntry << 20,
        UsesCache = UsesCache,
    };

    private ReplayResult Replay(ReplaySettings settings, IReadOnlyList<ReplayEntry> entries, CommandReport report, CancellationToken cancellation)
    {
        using var progress = new Progress(report.ErrorOutput, report.IsTerminal, "replaying", entries.Count);
        if (Harness is not null)
        {
            var options = new EvmReplayOptions(new Uri(NodeUrl), Harness) { Function = Method, Engine = Engine };
            return EvmCorpus.Run(options, entries, settings.Workers, progress.Reach, cancellation);
        }

        if (Program is not null)
        {
            return new ProgramReplay(settings, [.. Program.Skip(1)], MeasuredRun.RuntimePath, entries) { Progressed = progress.Reach }.Run(cancellation);
        }

        return new ReplayRun(settings, entries) { Progressed = done => progress.Reach(done) }.Run(cancellation);
    }

    private string OwnDomain =>
        Harness is not null ? PointDomain.Evm
        : Program is null && NativeTarget.IsNamedBy(Words[0]) ? PointDomain.Sancov
        : PointDomain.Cil;

    // What was asked for, and what of it was seen.
    private List<DomainFigures> Domains(ReplayResult result)
    {
        string[] present = [.. result.Modules.Select(module => module.Domain).Distinct()];
        IEnumerable<string> requested = Domain switch
        {
            null or "all" => [.. present, OwnDomain],
            "both" => [PointDomain.Evm, PointDomain.Sancov],
            "native" => [PointDomain.Sancov],
            _ => [Domain],
        };
        HashSet<string> all = [.. requested, .. present];
        return [.. PointDomain.All.Where(all.Contains).Select(domain => DomainFigures.Of(result, domain, requested.Contains(domain)))];
    }

    private int Write(CampaignFolder folder, ReplayResult result)
    {
        var table = new CountTable(result, Counts, HasClasses, IsStable) { Domains = Wanted };
        if (!Resumes && !Replaces && folder.Existing(IsPerInput).FirstOrDefault() is { } existing)
        {
            throw new ShowmapException($"{existing}: is there; choose another --trial, or --force to replace it");
        }

        if (!IsPerInput)
        {
            return WriteFile(folder, folder.TrialPath, table.Together());
        }

        string[] paths = folder.EntryPaths([.. result.Entries.Select(entry => entry.Entry.Name)]);
        int files = 0;
        for (int i = 0; i < paths.Length; i++)
        {
            files += WriteFile(folder, paths[i], table.Of(result.Entries[i]));
        }

        return files;
    }

    private bool Wanted(string domain) => Domain switch
    {
        null or "all" => true,
        "both" => domain is PointDomain.Evm or PointDomain.Sancov,
        "native" => domain == PointDomain.Sancov,
        _ => domain == Domain,
    };

    private int WriteFile(CampaignFolder folder, string path, byte[] content)
    {
        // An empty file is an error to who reads campaigns.
        if (content.Length == 0)
        {
            return 0;
        }

        if (!Resumes || !File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            folder.Write(path, content, Replaces);
        }

        return 1;
    }

    private void WriteManifest(CampaignFolder folder, ReplaySettings settings, ReplayResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            string version = typeof(ShowmapRequest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            var options = new Dictionary<string, string> { ["counts"] = Counts.ToString(), ["classes"] = $"{HasClasses}", ["stable"] = $"{IsStable}", ["perInput"] = $"{IsPerInput}" };
            ReplayManifest.Write(json, version, Corpus, settings, options, result);
        }

        folder.Write(folder.ManifestPath, buffer.WrittenSpan, replaces: true);
    }
}
