using System.Text;
using Edgewise.Cli.Rendering;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Inputs;

namespace Edgewise.Cli.Commands;

/// <summary>One action of <c>edgewise sancov</c> with its arguments.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Files">Modules, <c>.sancov</c> files, point sets.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
/// <param name="IncludeExcluded">True: <c>[ExcludeFromCodeCoverage]</c> leaves nothing out.</param>
internal sealed record SancovRequest(SancovAction Action, IReadOnlyList<string> Files, string? JsonFile, bool IncludeExcluded)
{
    private const string StandardOutput = "-";

    private bool ListsFunctions => Action is SancovAction.CoveredFunctions or SancovAction.NotCoveredFunctions;

    /// <summary>Does it.</summary>
    /// <param name="report">Takes the text or the JSON, and warnings.</param>
    /// <exception cref="SancovException">Files do not go together, or one cannot be read or written.</exception>
    /// <exception cref="Symbols.SymbolsException">A module is damaged.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    public void Execute(CommandReport report)
    {
        TextWriter output = report.Output;
        CoverageInputs inputs = CoverageInputs.Read(Files);
        if (Action == SancovAction.Print && inputs.Modules.Count == 0 && inputs.Sancovs.Count > 0)
        {
            // PCs print without their module; there is only nothing to check them against.
            WritePcs([.. inputs.Sancovs.GroupBy(static sancov => sancov.ModuleName, Unite)], output);
            return;
        }

        using CoverageReader reader = CoverageReader.Read(inputs, IncludeExcluded, lines: ListsFunctions);
        foreach (string warning in reader.Warnings)
        {
            report.Note(warning);
        }

        if (ListsFunctions)
        {
            WriteFunctions(reader.Modules, output);
        }
        else if (Action == SancovAction.Stats)
        {
            Write(
                () => SancovText.Stats([.. reader.Modules.Select(static module => module.Summary)]), () => SancovJson.Stats(reader.Modules), output);
        }
        else
        {
            WritePcs([.. reader.Modules.Select(static module => (module.Points.ModuleName, module.CoveredPcs()))], output);
        }
    }

    private static (string ModuleName, ulong[] Pcs) Unite(string moduleName, IEnumerable<SancovInput> files) =>
        (moduleName, [.. new SortedSet<ulong>(files.SelectMany(static file => file.Pcs).Where(static pc => pc != 0))]);

    private void WritePcs(IReadOnlyList<(string ModuleName, ulong[] Pcs)> modules, TextWriter output) =>
        Write(() => SancovText.Pcs(modules), () => SancovJson.Pcs(modules), output);

    private void WriteFunctions(IReadOnlyList<ModuleCoverage> modules, TextWriter output)
    {
        bool covered = Action == SancovAction.CoveredFunctions;
        List<(ModuleCoverage Module, IReadOnlyList<FunctionCoverage> Functions)> listed =
            [.. modules.Select(module => (module, (IReadOnlyList<FunctionCoverage>)[.. module.Functions().Where(function => function.IsCovered == covered)]))];
        Write(
            () => SancovText.Functions([.. listed.Select(static module => (module.Module.Points.ModuleName, module.Functions))]),
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
