using System.Diagnostics;
using Edgewise.Cli.Options;
using Edgewise.Cli.Terminal;
using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Instrumentation;

namespace Edgewise.Cli.Commands.Instrument;

/// <summary>One call of <c>edgewise instrument</c>: everything is checked, then instrumented in memory, then written; an error anywhere leaves nothing.</summary>
/// <param name="Inputs">Paths of the assemblies.</param>
/// <param name="OutputFolder">Where the copies go.</param>
/// <param name="Options">What to insert.</param>
/// <param name="Verbose">True: methods left out are listed.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
internal sealed record InstrumentRequest(
    IReadOnlyList<string> Inputs, string OutputFolder, InstrumentationOptions Options, bool Verbose, string? JsonFile)
{
    private const string RuntimeName = "Edgewise.Runtime.dll";

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public int Execute(CommandReport report)
    {
        List<ModuleInput> inputs = ReadInputs(report);
        CheckNames(report);
        CheckOutput(report);
        JsonOutput.Check(JsonFile, report);
        if (report.ErrorCount != 0)
        {
            return CommandReport.Failure;
        }

        InstrumentedFile[] files = Instrument(inputs, report);
        if (report.ErrorCount != 0)
        {
            return CommandReport.Failure;
        }

        try
        {
            Write(files);
        }
        catch (HostingException e)
        {
            report.Error(e.Message);
            return CommandReport.Failure;
        }

        InstrumentText.Write(files, Verbose, JsonOutput.ReplacesText(JsonFile), report);
        JsonOutput.Write(JsonFile, report, json => InstrumentJson.Write(json, files, OutputFolder));
        return report.ErrorCount == 0 ? 0 : CommandReport.Failure;
    }

    private List<ModuleInput> ReadInputs(CommandReport report)
    {
        var inputs = new List<ModuleInput>();
        foreach (string path in Inputs)
        {
            try
            {
                inputs.Add(ModuleInput.Read(path));
            }
            catch (HostingException e)
            {
                report.Error(e.Message);
            }
        }

        return inputs;
    }

    private void CheckNames(CommandReport report)
    {
        foreach (IGrouping<string, string> same in Inputs.GroupBy(p => Path.GetFileName(p), StringComparer.OrdinalIgnoreCase))
        {
            if (same.Count() > 1)
            {
                report.Error($"{string.Join(", ", same)}: have one file name, so they cannot go into one folder; instrument them one at a time");
            }
        }

        foreach (string path in Inputs)
        {
            if (Options.Callbacks is { } callbacks && Path.GetFullPath(path) == callbacks.Path)
            {
                report.Error($"{path}: holds the class of --callbacks, which is never instrumented itself");
            }
        }
    }

    private void CheckOutput(CommandReport report)
    {
        string output = Path.GetFullPath(OutputFolder);
        if (File.Exists(output))
        {
            report.Error($"{OutputFolder}: is a file; the output must be a folder");
            return;
        }

        foreach (string path in Inputs)
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (Path.TrimEndingDirectorySeparator(output) == folder || output.StartsWith(Path.Join(folder, "/"), StringComparison.Ordinal))
            {
                report.Error($"{OutputFolder}: lies in the folder of the input {path}; choose an output folder outside {folder}");
                return;
            }
        }

        foreach (string name in Inputs.SelectMany(OutputNames))
        {
            if (File.Exists(Path.Combine(output, name)))
            {
                report.Error($"{Path.Combine(OutputFolder, name)}: exists already; remove it or choose another folder with -o");
            }
        }
    }

    private static IEnumerable<string> OutputNames(string path) =>
        [Path.GetFileName(path), .. File.Exists(Path.ChangeExtension(path, ".pdb")) ? [Path.GetFileNameWithoutExtension(path) + ".pdb"] : (string[])[]];

    private InstrumentedFile[] Instrument(List<ModuleInput> inputs, CommandReport report)
    {
        var files = new InstrumentedFile[inputs.Count];
        var failures = new string?[inputs.Count];
        using var progress = new Progress(report.ErrorOutput, report.IsTerminal, "instrumenting", inputs.Count);
        Parallel.For(0, inputs.Count, i =>
        {
            ModuleInput input = inputs[i];
            long start = Stopwatch.GetTimestamp();
            try
            {
                InstrumentationResult result = Instrumenter.Instrument(
                    input.Image, input.Pdb, Path.GetFileName(input.Path), Options with { ReferenceFolders = ModuleInput.ReferenceFolders(input.Path) });
                files[i] = new InstrumentedFile(input, result, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            catch (InstrumentationException e)
            {
                failures[i] = $"{input.Path}: {e.Message} ({e.Id})";
            }

            progress.Advance(Path.GetFileName(input.Path));
        });

        foreach (string? failure in failures)
        {
            if (failure is not null)
            {
                report.Error(failure);
            }
        }

        return files;
    }

    private void Write(InstrumentedFile[] files)
    {
        using var output = new OutputFiles(OutputFolder);
        foreach (InstrumentedFile file in files)
        {
            output.Add(file.Name, file.Result.Image);
            if (file.Result.Pdb is { } pdb)
            {
                output.Add(Path.GetFileName(file.Input.PdbPath), pdb);
            }
        }

        if (files.Any(file => file.Result.CallsRuntime))
        {
            AddRuntime(output);
        }

        output.Complete();
    }

    /// <summary>An equal Runtime from an earlier call into the same folder is left alone.</summary>
    private void AddRuntime(OutputFiles output)
    {
        byte[] runtime = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, RuntimeName));
        string existing = Path.Combine(OutputFolder, RuntimeName);
        if (!File.Exists(existing) || !File.ReadAllBytes(existing).AsSpan().SequenceEqual(runtime))
        {
            output.Add(RuntimeName, runtime);
        }
    }
}
