using System.CommandLine;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Inputs;
using Edgewise.Sancov.Symcov;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary><c>edgewise sancov merge</c>: one file of several.</summary>
internal static class SancovMerge
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string[]> files = LegacyActions.Files(".sancov files of one module, or .symcov files.");
        Option<string?> output = new("--output", "-o") { Description = "File to write. [default: standard output]", HelpName = "FILE" };
        Option<string?> noJson = LegacyActions.Json();
        Command command = new("merge", "Unite .sancov files into one, or .symcov files.") { files, output };
        command.SetAction(result => LegacyActions.Run(result, noJson, report =>
        {
            Merge(CoverageInputs.Read(result.GetValue(files)!, new ErrorList(report)), result.GetValue(output), report);
            return static () => "";
        }));
        return command;
    }

    private static void Merge(CoverageInputs inputs, string? output, CommandReport report)
    {
        if (inputs.Modules.Count + inputs.Binaries.Count + inputs.PointSets.Count > 0 || (inputs.Symcovs.Count > 0 && inputs.Sancovs.Count > 0))
        {
            throw new SancovException("merge: .sancov files of one module expected, or .symcov files alone; 'symbolize' takes modules");
        }

        if (inputs.Symcovs.Count > 0)
        {
            SymcovOutput.Write(SymbolizedCoverage.Merge(inputs.Symcovs), output, report);
        }
        else if (inputs.Sancovs.Count > 0)
        {
            Write(Unite(inputs.Sancovs), output, report);
        }
    }

    private static byte[] Unite(IReadOnlyList<SancovInput> sancovs)
    {
        SancovInput? other = sancovs.FirstOrDefault(sancov => sancov.ModuleName != sancovs[0].ModuleName);
        return other is null
            ? SancovFile.Encode([.. new SortedSet<ulong>(sancovs.SelectMany(static sancov => sancov.Pcs).Where(static pc => pc != 0))])
            : throw new SancovException($"{other.Path}: of {other.ModuleName}, and {sancovs[0].Path} is of {sancovs[0].ModuleName}; files of one module expected");
    }

    private static void Write(byte[] content, string? output, CommandReport report)
    {
        if (output is not null)
        {
            SymcovOutput.WriteFile(output, content);
        }
        else if (report.IsStandardOutput && Console.IsOutputRedirected)
        {
            using Stream stream = Console.OpenStandardOutput();
            stream.Write(content);
        }
        else
        {
            throw new SancovException("merge: a .sancov file is no text for a terminal; give --output FILE");
        }
    }
}
