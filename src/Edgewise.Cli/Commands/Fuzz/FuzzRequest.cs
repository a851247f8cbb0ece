using System.Diagnostics;
using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Cli.Terminal;
using Edgewise.Corpus;
using Edgewise.Corpus.Dictionaries;
using Edgewise.Corpus.Merging;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting;
using Edgewise.Supervision;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>One call of <c>edgewise fuzz</c>.</summary>
/// <param name="Target">Path of the target's assembly.</param>
/// <param name="Inputs">Folders of the corpus, or files to run.</param>
/// <param name="Method">Name of the target; null for the only one.</param>
/// <param name="Assemblies">Globs of the assemblies that count; null for the usual choice.</param>
/// <param name="Expects">Exception types that are answers, with commas between; null for those that the target names.</param>
/// <param name="Flags">libFuzzer's flags.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
/// <param name="IsPlain">True for a log on a terminal too.</param>
/// <param name="Tests">Writes tests of findings; null for none.</param>
internal sealed record FuzzRequest(
    string Target, IReadOnlyList<string> Inputs, string? Method, string? Assemblies, string? Expects, LibFuzzerFlags Flags, string? JsonFile, bool IsPlain, TestEmission? Tests)
{
    /// <summary>True to take callees of indirect calls for features.</summary>
    public bool UsesCallPairs { get; init; }

    /// <summary>True to take the depth of the stack for a feature.</summary>
    public bool UsesStackDepth { get; init; }

    /// <summary>A folder shared with other fuzzers, and the campaign's name there; null for none.</summary>
    public (string Root, string Name)? Sync { get; init; }

    /// <summary>Does it.</summary>
    /// <returns>libFuzzer's exit codes.</returns>
    public int Execute(CommandReport report)
    {
        FuzzSettings? settings = Read(report);
        if (settings is null || report.ErrorCount != 0)
        {
            return CommandReport.Failure;
        }

        if (Flags.Is("minimize_crash"))
        {
            return MinimizeCrashAction.Execute(report, settings, Inputs, Flags);
        }

        if (Flags.Is("merge") || Flags.Is("set_cover_merge"))
        {
            return MergeCommand.Execute(
                report, settings, Inputs[0], [.. Inputs.Skip(1)], Flags.Is("merge") ? MergeMode.Greedy : MergeMode.SetCover, Flags.Text("merge_control_file"), JsonFile);
        }

        return Inputs.Any(File.Exists) ? ReplayAction.Execute(report, settings, Inputs, Flags, JsonFile, Tests) : Search(report, settings);
    }

    private int Search(CommandReport report, FuzzSettings settings)
    {
        FuzzSupervisor? supervisor = null;
        using CoverageLines coverage = Flags.CoverageLines();
        var log = new LibFuzzerLog(report.ErrorOutput, settings, () => supervisor?.WorkerMemory ?? Environment.WorkingSet) { Coverage = coverage };
        log.Begin(Flags.Warnings);
        if (Flags.Number("jobs") > 0)
        {
            return JobsAction.Execute(report, settings, Flags);
        }

        return ToolErrors.Tell(report, token =>
        {
            FuzzResult result = Flags.Number("fork") > 0 ? ForkAction.Run(settings, Flags, log, Hear, token) : Run(report, settings, log, out supervisor, token);
            if (result.Error is { } error)
            {
                ToolErrors.Say(report, error);
            }

            log.End(result, Flags.Is("print_final_stats"));
            if (result.Findings.Count > 0)
            {
                Tests?.Write(result.Findings, report, log.Line);
            }

            JsonOutput.Write(JsonFile, report, json => FuzzJson.Write(json, settings, result));
            return Flags.ExitCode(result);
        });

        void Hear(FuzzMessage message)
        {
            log.Hear(message);
            Tests?.Hear(message);
        }
    }

    private FuzzResult Run(CommandReport report, FuzzSettings settings, LibFuzzerLog log, out FuzzSupervisor supervisor, CancellationToken cancellation)
    {
        FuzzProgress? progress = report.IsTerminal && !IsPlain ? new FuzzProgress(report.ErrorOutput) : null;
        FuzzSupervisor made = supervisor = new FuzzSupervisor(settings, WorkerStart.FromThisProgram);
        supervisor.Looked = () => progress?.Update(made);
        supervisor.Heard = message =>
        {
            progress?.Hear(message);
            Tests?.Hear(message);
            if (progress is null || message is not (NewsMessage or SeedsMessage or CoverageMessage))
            {
                progress?.Erase();
                log.Hear(message);
            }
        };
        supervisor.Written = (finding, path) =>
        {
            progress?.Erase();
            log.Write(finding, path);
        };
        supervisor.SlowWritten = (slow, path) =>
        {
            progress?.Erase();
            log.Write(slow, path);
        };
        using (progress)
        {
            return supervisor.Run(cancellation);
        }
    }

    private FuzzSettings? Read(CommandReport report)
    {
        foreach (string error in Flags.Errors)
        {
            report.Error(error);
        }

        if ((Flags.Is("merge") || Flags.Is("set_cover_merge")) && Inputs.Count < 2)
        {
            report.Error("-merge=1 and -set_cover_merge=1: expected the corpus that is added to, and folders with inputs");
        }

        if (JsonFile is not null && Flags.Number("jobs") > 0)
        {
            report.Error("--json and -jobs: several campaigns have no one result; expected -fork, or no --json");
        }

        try
        {
            foreach (string missing in Inputs.Where(input => !Directory.Exists(input) && !File.Exists(input)))
            {
                if (Flags.Is("create_missing_dirs"))
                {
                    Directory.CreateDirectory(missing);
                }
                else
                {
                    report.Error($"The required directory \"{missing}\" does not exist; -create_missing_dirs=1 makes it");
                }
            }

            CheckFolders(report);
            return report.ErrorCount != 0 ? null : new FuzzSettings
            {
                TargetPath = Path.GetFullPath(Target),
                Method = Method,
                Assemblies = TargetChoice.Assemblies(Target, Assemblies),
                Expected = TargetSwitches.Types(Expects),
                Corpus = Inputs,
                Campaign = ReadCampaign(),
                SyncRoot = Sync?.Root,
                SyncName = Sync?.Name ?? "",
                HasOwnSeed = Flags.Number("seed") != 0,
                Timeout = TimeSpan.FromSeconds(Flags.Number("timeout")),
                SlowFrom = TimeSpan.FromSeconds(Flags.Number("report_slow_units")),
                StopFile = Flags.Text("stop_file"),
                MaxTotalTime = TimeSpan.FromSeconds(Flags.Number("max_total_time")),
                MemoryLimit = (int)Flags.Number("rss_limit_mb"),
                ArtifactPrefix = Flags.Text("artifact_prefix") ?? "./",
                ExactArtifactPath = Flags.Text("exact_artifact_path"),
                TellsCoverage = Flags.Is("print_funcs") || Flags.Is("print_pcs"),
                SeedInputs = Flags.Text("seed_inputs") is { } seeds ? [.. SeedList.Read(seeds)] : [],
                IgnoresTimeouts = false,
                IgnoresOutOfMemory = false,
            };
        }
        catch (Exception failure) when (failure is HostingException or CorpusException or SupervisionException or IOException or UnauthorizedAccessException)
        {
            report.Error(failure.Message);
            return null;
        }
    }

    // What a campaign finds has to go somewhere, in hours perhaps.
    private void CheckFolders(CommandReport report)
    {
        foreach (string flag in (string[])["artifact_prefix", "exact_artifact_path"])
        {
            string? folder = Flags.Text(flag) is { Length: > 0 } path ? Path.GetDirectoryName(Path.GetFullPath(path)) : null;
            if (folder is null || Directory.Exists(folder))
            {
                continue;
            }

            if (Flags.Is("create_missing_dirs"))
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                report.Error($"-{flag}={Flags.Text(flag)}: there is no folder {folder}; -create_missing_dirs=1 makes it");
            }
        }

        string[] files = [.. Inputs.Where(File.Exists)];
        if (files.Length > 0 && files.Length < Inputs.Count && !Flags.Is("merge") && !Flags.Is("set_cover_merge"))
        {
            report.Error($"{files[0]} is a file and {Inputs.First(Directory.Exists)} a folder; expected files, which are run, or folders, from which a search begins");
        }
    }

    private CampaignOptions ReadCampaign() => new()
    {
        Seed = Flags.Number("seed") != 0 ? (ulong)Flags.Number("seed") : (ulong)Stopwatch.GetTimestamp() & uint.MaxValue,
        MaxLength = (int)Flags.Number("max_len"),
        Runs = Flags.Number("runs"),
        MutateDepth = (int)Flags.Number("mutate_depth"),
        LengthControl = (int)Flags.Number("len_control"),
        CrossesOver = Flags.Is("cross_over"),
        IsAscii = Flags.Is("only_ascii"),
        ReducesInputs = Flags.Is("reduce_inputs"),
        IgnoresCrashes = Flags.Is("ignore_crashes"),
        UsesCompares = Flags.Is("use_cmp"),
        UsesCallPairs = UsesCallPairs,
        UsesStackDepth = UsesStackDepth,
        UsesValueProfile = Flags.Is("use_value_profile"),
        Dictionary = Flags.Text("dict") is { } file ? [.. DictionaryFile.Read(file).Select(word => word.Bytes.ToArray())] : [],
    };
}
