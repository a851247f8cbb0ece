using System.CommandLine;
using System.Globalization;
using Edgewise.Cli.Rendering;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Inputs;
using Edgewise.Sancov.Native;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary><c>edgewise sancov missing</c>: the points of a module that are not among PCs from standard input.</summary>
internal static class SancovMissing
{
    private const string StandardInput = "-";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> module = new("MODULE") { Description = "A native binary, an instrumented .NET image or a .points file." };
        Option<string> pcs = new("--pcs")
        {
            Description = "File with the PCs that ran, as 'print' writes them. [default: standard input]",
            HelpName = "FILE",
            DefaultValueFactory = static _ => StandardInput,
        };
        Option<string?> json = LegacyActions.Json();
        Command command = new("missing", "Print the PCs of the points that are not among those of standard input.") { module, pcs, json };
        command.SetAction(result => LegacyActions.Run(result, json, report =>
        {
            string path = result.GetValue(module)!;
            MissingPcs missing = MissingPcs.Of(PointsOf(path), Read(result.GetValue(pcs)!));
            report.Note(string.Create(
                CultureInfo.InvariantCulture, $"{path}: {missing.PointCount} points; {missing.ReadCount} PCs read, {missing.Missing.Count} points are not among them"));
            if (missing.Strangers.Count > 0)
            {
                report.Error(string.Create(
                    CultureInfo.InvariantCulture, $"{path}: {missing.Strangers.Count} of the {missing.ReadCount} PCs read are no points of it, the first is 0x{missing.Strangers[0]:x}"));
            }

            (string, ulong[])[] listed = [(Path.GetFileName(path), [.. missing.Missing])];
            string text = SancovText.Pcs(listed);
            if (JsonOutput.ReplacesText(result.GetValue(json)))
            {
                report.Output.Write(System.Text.Encoding.UTF8.GetString(SancovJson.Pcs("missing", listed)));
            }
            else if (result.GetValue(json) is { } file)
            {
                SymcovOutput.WriteFile(file, SancovJson.Pcs("missing", listed));
            }

            if (!JsonOutput.ReplacesText(result.GetValue(json)))
            {
                report.Output.Write(text);
            }

            return static () => "";
        }));
        return command;
    }

    private static IEnumerable<ulong> PointsOf(string path)
    {
        CoverageInputs inputs = CoverageInputs.Read([path]);
        if (inputs.Binaries is [var binary])
        {
            List<string> failures = [];
            return NativeCoverage.Find(binary, failures) is { } points ? points.Pcs.ToArray() : throw new SancovException(failures[0]);
        }

        PointSet? set = inputs.Modules is [var image] ? image.Points : inputs.PointSets is [var given] ? given.Points : null;
        return set?.Pcs.Select(static pc => (ulong)pc) ?? throw new SancovException($"{path}: a native binary, an instrumented .NET image or a .points file expected");
    }

    private static IReadOnlyList<ulong> Read(string path)
    {
        if (path == StandardInput)
        {
            return MissingPcs.Parse(Console.In, "standard input");
        }

        try
        {
            using StreamReader reader = new(path);
            return MissingPcs.Parse(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SancovException($"{path}: {e.Message}", e);
        }
    }
}
