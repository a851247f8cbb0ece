using System.Text;
using Edgewise.Cli.Rendering;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Inputs;
using Edgewise.Sancov.Native;
using Edgewise.Sancov.Symcov;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary>One action of <c>edgewise sancov</c> with its arguments.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Files">Modules, <c>.sancov</c> and <c>.symcov</c> files, point sets.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
/// <param name="OutputFile">Where a <c>.symcov</c> goes; null is standard output.</param>
internal sealed record SancovRequest(SancovAction Action, IReadOnlyList<string> Files, string? JsonFile, string? OutputFile)
{
    private const string StandardOutput = "-";

    /// <summary>True: <c>[ExcludeFromCodeCoverage]</c> leaves nothing out.</summary>
    public bool IncludeExcluded { get; init; }

    /// <summary>What is told of native binaries.</summary>
    public NativeOptions Native { get; init; } = new();

    // The least that the action needs to be told by a symboliser.
    private NativeOptions Wanted => Native with
    {
        Symbolizer = Native.Symbolizer with { NeedsDeclarations = Action != SancovAction.Symbolize },
        CoveredAlone = Action == SancovAction.CoveredFunctions && JsonFile is null,
    };

    private bool ListsFunctions => Action is SancovAction.CoveredFunctions or SancovAction.NotCoveredFunctions;

    /// <summary>Does it.</summary>
    /// <param name="report">Takes the text or the JSON, warnings, and an error for each file that is left out.</param>
    /// <exception cref="SancovException">Files do not go together, or one cannot be read or written.</exception>
    /// <exception cref="Symbols.SymbolsException">A module is damaged.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    public void Execute(CommandReport report)
    {
        ErrorList errors = new(report);
        CoverageInputs inputs = CoverageInputs.Read(Files, errors);
        bool isManaged = inputs.Modules.Count > 0;
        bool isEmpty = !isManaged && inputs.Binaries.Count + inputs.Symcovs.Count == 0;
        bool isModuleLost = isEmpty && Files.Any(static file => !file.EndsWith(".sancov", StringComparison.OrdinalIgnoreCase));
        if (report.ErrorCount > 0 && (isModuleLost || (isEmpty && inputs.Sancovs.Count == 0)))
        {
            // PCs without their module would go unchecked.
            return;
        }

        if (Action == SancovAction.Print && isEmpty && inputs.Sancovs.Count > 0)
        {
            // PCs print without their module; there is only nothing to check them against.
            WritePcs([.. inputs.Sancovs.GroupBy(static sancov => sancov.ModuleName, Unite)], report.Output);
            return;
        }

        if (Action == SancovAction.PrintCoveragePcs)
        {
            WritePcs(PointsOf(inputs, errors), report.Output);
            return;
        }

        using CoverageReader? reader = isManaged || isEmpty ? CoverageReader.Read(inputs, IncludeExcluded, lines: ListsFunctions || Action == SancovAction.Symbolize, errors) : null;
        List<string> notes = [.. reader?.Warnings ?? []];
        foreach (SancovInput alone in isManaged || isEmpty ? [] : inputs.ManagedSancovs)
        {
            errors.Add($"{alone.Path}: its module {alone.ModuleName} is not among the files");
        }

        foreach (SymbolizedCoverage symcov in Action == SancovAction.Print ? inputs.Symcovs : [])
        {
            errors.Add($"{symcov.Name}: print takes .sancov files; the points of a .symcov that ran stand in its covered-points");
        }

        IReadOnlyList<NativeCoverage> native = NativeCoverage.Read(inputs, errors, notes);
        IReadOnlyList<SymbolizedModule> symbolized = Action == SancovAction.Print || native.Count == 0 ? [] : SymbolizedModule.Symbolize(native, Wanted, notes);
        notes.ForEach(report.Note);
        Write(reader?.Modules ?? [], native, symbolized, inputs.Symcovs, report);
    }

    private static (string ModuleName, ulong[] Pcs) Unite(string moduleName, IEnumerable<SancovInput> files) =>
        (moduleName, [.. new SortedSet<ulong>(files.SelectMany(static file => file.Pcs).Where(static pc => pc != 0))]);

    private static List<(string ModuleName, ulong[] Pcs)> PointsOf(CoverageInputs inputs, ErrorList errors)
    {
        List<(string, ulong[])> modules = [];
        foreach (PointSet set in inputs.Modules.Select(static module => module.Points).Concat(inputs.PointSets.Select(static set => set.Points)).OfType<PointSet>())
        {
            modules.Add((set.ModuleName, [.. set.Pcs.Select(static pc => (ulong)pc).Order()]));
        }

        foreach (ModuleInput original in inputs.Modules.Where(module => module.Points is null && !modules.Exists(known => known.Item1 == module.FileName)))
        {
            errors.Add($"{original.Path}: an original image has no points; name the instrumented one, or its .points file");
        }

        foreach (Symbols.Elf.ElfFile binary in inputs.Binaries)
        {
            if (NativeCoverage.Find(binary, errors) is { } points)
            {
                modules.Add((Path.GetFileName(binary.Path), points.Pcs.ToArray()));
            }
        }

        return modules.Count + errors.Count > 0 ? modules : throw new SancovException("expected native binaries, instrumented .NET images or .points files, found none");
    }

    private void Write(
        IReadOnlyList<ModuleCoverage> managed, IReadOnlyList<NativeCoverage> native, IReadOnlyList<SymbolizedModule> symbolized,
        IReadOnlyList<SymbolizedCoverage> symcovs, CommandReport report)
    {
        ICoveredModule[] modules = [.. managed, .. symbolized, .. symcovs];
        if (Action == SancovAction.Print)
        {
            WritePcs(
                [.. managed.Select(static module => (module.Name, module.CoveredPcs())), .. native.Select(static module => (module.Name, module.CoveredPcs()))], report.Output);
        }
        else if (Action == SancovAction.Symbolize)
        {
            SymbolizedCoverage[] parts = [.. managed.Select(static module => module.Symbolize()), .. symbolized.Select(SymbolizedCoverage.Of), .. symcovs];
            if (parts.Length > 0)
            {
                SymcovOutput.Write(SymbolizedCoverage.Merge(parts), OutputFile, report);
            }
        }
        else if (modules.Length > 0 && ListsFunctions)
        {
            WriteFunctions(modules, report.Output);
        }
        else if (modules.Length > 0)
        {
            Write(() => SancovText.Stats([.. modules.Select(static module => module.Summary)]), () => SancovJson.Stats(modules), report.Output);
        }
    }

    private void WritePcs(IReadOnlyList<(string ModuleName, ulong[] Pcs)> modules, TextWriter output) =>
        Write(() => SancovText.Pcs(modules), () => SancovJson.Pcs(Action == SancovAction.Print ? "print" : "print-coverage-pcs", modules), output);

    private void WriteFunctions(IReadOnlyList<ICoveredModule> modules, TextWriter output)
    {
        bool covered = Action == SancovAction.CoveredFunctions;
        List<(ICoveredModule Module, IReadOnlyList<FunctionCoverage> Functions)> listed =
            [.. modules.Select(module => (module, (IReadOnlyList<FunctionCoverage>)[.. module.Functions().Where(function => function.IsCovered == covered)]))];
        Write(
            () => SancovText.Functions([.. listed.Select(static module => (module.Module.Name, module.Functions))]),
            () => SancovJson.Functions(covered ? "covered-functions" : "not-covered-functions", listed),
            output);
    }

    // The file comes first: where it cannot be written, nothing was printed that looks like success.
    private void Write(Func<string> text, Func<byte[]> json, TextWriter output)
    {
        if (JsonFile == StandardOutput)
        {
            output.Write(Encoding.UTF8.GetString(json()));
            return;
        }

        if (JsonFile is not null)
        {
            WriteJsonFile(JsonFile, json());
        }

        output.Write(text());
    }

    private static void WriteJsonFile(string path, byte[] json)
    {
        try
        {
            AtomicFile.Write(path, json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SancovException($"{path}: the JSON cannot be written: {e.Message}", e);
        }
    }
}
