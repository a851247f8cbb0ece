using Edgewise.Cli.Options;
using Edgewise.Cli.Rendering;
using Edgewise.Cli.Terminal;
using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Programs;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Sessions;
using Edgewise.Sancov;
using Edgewise.Supervision;
using Edgewise.Symbols;

namespace Edgewise.Cli.Commands.Run;

/// <summary>One call of <c>edgewise run</c>.</summary>
/// <param name="Program">Path of the program's assembly.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Assemblies">Globs over the names of the assemblies to instrument, or null for the default choice.</param>
/// <param name="CoverageFolder">Where coverage files go.</param>
/// <param name="Options">What to insert.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
internal sealed record RunRequest(
    string Program,
    IReadOnlyList<string> Arguments,
    string? Assemblies,
    string CoverageFolder,
    InstrumentationOptions Options,
    string? JsonFile)
{
    /// <summary>True: others may follow the program through the coverage folder while it runs.</summary>
    public bool IsLive { get; init; }

    /// <summary>What threads record; null: nothing.</summary>
    public RunTrace? Trace { get; init; }

    /// <summary>Does it.</summary>
    /// <returns>The program's own exit code, or 1 where this command failed.</returns>
    public int Execute(CommandReport report)
    {
        CheckFeatures(report);
        JsonOutput.Check(JsonFile, report);
        try
        {
            TargetProgram program = TargetProgram.Open(Program);
            ProgramAssembly[] assemblies = Choose(program, report);
            if (report.ErrorCount == 0)
            {
                MakeCoverageFolder(report);
            }

            return report.ErrorCount == 0 ? Run(program, assemblies, report) : CommandReport.Failure;
        }
        catch (Exception e) when (e is HostingException or SupervisionException or CoverageFormatException or SymbolsException or SancovException or IOException or UnauthorizedAccessException)
        {
            report.Error(e.Message);
            return CommandReport.Failure;
        }
    }

    private int Run(TargetProgram program, IReadOnlyList<ProgramAssembly> assemblies, CommandReport report)
    {
        using CacheFolder cache = CacheFolder.Open(report.Note);
        Dictionary<ProgramAssembly, InstrumentedModule> images = Instrument(cache, assemblies, report);
        if (report.ErrorCount != 0)
        {
            return CommandReport.Failure;
        }

        using RunFolder folder = RunFolder.Create(cache, program, images, MeasuredRun.RuntimePath);
        using var run = new MeasuredRun(program, folder, images, IsLive ? CoverageFolder : null, Trace);
        int exitCode = run.Execute(Arguments);
        int traces = Trace is null ? 0 : run.MoveTraces(CoverageFolder);
        foreach (string kept in folder.RemoveLinks())
        {
            report.Note($"{kept}: was made by the program in its run folder, and is kept");
        }

        RunRecord record = run.WriteCoverage(CoverageFolder, Program, Arguments);
        IReadOnlyList<CoverageSummary> summaries = run.Summarise();
        CoverageTable.Write(report.ErrorOutput, report.IsTerminal, summaries);
        int files = record.Modules.Count(m => m.SancovFile is not null);
        if (record.LostEventCount > 0)
        {
            report.Note($"{record.LostEventCount} events of traces are lost; trace_events in EDGEWISE_OPTIONS says how many are kept of a thread");
        }

        if (Trace is not null)
        {
            report.Note(traces == 0 ? "no thread was traced: the program ended in a way that could not be seen from within, or ran no instrumented method"
                : $"traces of {traces} {(traces == 1 ? "thread" : "threads")} in {Path.Combine(CoverageFolder, SessionFile.IndexName(record.ProcessId))}");
        }

        report.Note($"{files} .sancov {(files == 1 ? "file" : "files")} of process {record.ProcessId} in {CoverageFolder}");
        JsonOutput.Write(JsonFile, report, json => RunJson.Write(json, record, CoverageFolder, exitCode, summaries));
        return report.ErrorCount == 0 ? exitCode : CommandReport.Failure;
    }

    private void CheckFeatures(CommandReport report)
    {
        // The Runtime's callbacks mark the coverage map too; what a class of the user's does with a point is its own affair.
        const CoverageFeatures Inline = CoverageFeatures.Inline8BitCounters | CoverageFeatures.InlineBoolFlag;
        const CoverageFeatures Calling = CoverageFeatures.TracePc | CoverageFeatures.TracePcGuard | CoverageFeatures.TraceBb;
        CoverageFeatures marking = Options.Callbacks is null ? Inline | Calling : Inline;
        if ((Options.Features & marking) == 0)
        {
            string subject = Options.Callbacks is null ? $"nothing in '{FeatureNames.Text(Options.Features)}' marks" : "with --callbacks only counters and flags mark";
            report.Error($"--features: {subject} the coverage map, which 'run' reads when the program has ended; add {FeatureNames.Alternatives(marking)}");
        }
    }

    /// <summary>Made before the program runs: what it did should not be lost to a misspelt folder.</summary>
    private void MakeCoverageFolder(CommandReport report)
    {
        try
        {
            Directory.CreateDirectory(CoverageFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Error($"{CoverageFolder}: the coverage folder cannot be made: {e.Message}");
        }
    }

    private ProgramAssembly[] Choose(TargetProgram program, CommandReport report)
    {
        IReadOnlyList<ProgramAssembly> inventory = AssemblyInventory.List(program);
        AssemblyChoice choice = Assemblies is null
            ? AssemblyChoice.ByDefault(program, inventory)
            : AssemblyChoice.ByGlobs(inventory, AssemblyGlobs.Parse(Assemblies));
        ProgramAssembly[] chosen = [.. choice.Assemblies.Where(a => a.Path != Options.Callbacks?.Path)];
        if (choice.IsDefault)
        {
            report.Note($"instrumenting {string.Join(", ", chosen.Select(a => a.Name))}: {choice.Reason}; --assemblies GLOBS chooses others");
        }

        CheckCallbacks(program, report);
        return chosen;
    }

    // The Runtime is brought in by the run itself.
    private void CheckCallbacks(TargetProgram program, CommandReport report)
    {
        if (Options.Callbacks is { } callbacks && callbacks.AssemblyName.Name != typeof(Runtime.Coverage).Assembly.GetName().Name && !program.CanLoad(callbacks.AssemblyName.Name!))
        {
            report.Error($"--callbacks: {callbacks.Path} is no assembly of {Program}, so the program could not load it; reference it there");
        }
    }

    private Dictionary<ProgramAssembly, InstrumentedModule> Instrument(CacheFolder folder, IReadOnlyList<ProgramAssembly> assemblies, CommandReport report)
    {
        var cache = new ImageCache(folder);
        var modules = new InstrumentedModule?[assemblies.Count];
        var failures = new string?[assemblies.Count];
        using (var progress = new Progress(report.ErrorOutput, report.IsTerminal, "instrumenting", assemblies.Count))
        {
            Parallel.For(0, assemblies.Count, i =>
            {
                try
                {
                    modules[i] = cache.Get(assemblies[i].Path, Options);
                }
                catch (InstrumentationException e)
                {
                    failures[i] = $"{assemblies[i].Path}: {e.Message} ({e.Id}); --assemblies can leave it out";
                }
                catch (HostingException e)
                {
                    failures[i] = e.Message;
                }

                progress.Advance(assemblies[i].FileName);
            });
        }

        var images = new Dictionary<ProgramAssembly, InstrumentedModule>();
        for (int i = 0; i < modules.Length; i++)
        {
            if (modules[i] is { } module)
            {
                images.Add(assemblies[i], module);
                foreach (string warning in module.Warnings)
                {
                    report.Note($"{assemblies[i].FileName}: {warning}");
                }
            }
            else
            {
                report.Error(failures[i]!);
            }
        }

        return images;
    }
}
