using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Edgewise.Cli.Commands.Afl;
using Edgewise.Cli.Commands.Diffcov;
using Edgewise.Cli.Commands.Fuzz;
using Edgewise.Cli.Commands.Instrument;
using Edgewise.Cli.Commands.Kcov;
using Edgewise.Cli.Commands.Report;
using Edgewise.Cli.Commands.Run;
using Edgewise.Cli.Commands.Sancov;
using Edgewise.Cli.Commands.Showmap;
using Edgewise.Cli.Commands.Sim;

namespace Edgewise.Cli;

/// <summary>The <c>edgewise</c> command: its subcommands, and what they have in common.</summary>
internal static class EdgewiseCommand
{
    private const string EndOfOptions = "--";

    private static readonly Dictionary<string, string> Examples = new(SimCommand.Examples.Concat(DiffcovCommand.Examples), StringComparer.Ordinal)
    {
        [InstrumentCommand.Name] = InstrumentCommand.Example,
        [RunCommand.Name] = RunCommand.Example,
        [FuzzCommand.Name] = FuzzCommand.Example,
        [AflCommand.Name] = AflCommand.Example,
        [ShowmapCommand.Name] = ShowmapCommand.Example,
        [$"{ShowmapCommand.Name} {ShowmapCodeCommands.SymbolizeName}"] = ShowmapCodeCommands.SymbolizeExample,
        [$"{ShowmapCommand.Name} {ShowmapCodeCommands.DiffName}"] = ShowmapCodeCommands.DiffExample,
        [$"{ShowmapCommand.Name} {ShowmapExport.Name}"] = ShowmapExport.Example,
        [$"{KcovCommand.Name} {KcovCommand.RunName}"] = KcovCommand.RunExample,
        [ReportCommand.Name] = ReportCommand.Example,
        [$"{ReportCommand.Name} {ReportServeCommand.Name}"] = ReportServeCommand.Example,
        [TminCommand.Name] = TminCommand.Example,
        [CminCommand.Name] = CminCommand.Example,
        [MergeCommand.Name] = MergeCommand.Example,
        [$"sancov {ComparesAction.Name}"] = ComparesAction.Example,
        [$"sancov {SancovReports.ExportName}"] = SancovReports.ExportExample,
        [$"sancov {SancovRuntime.Name}"] = SancovRuntime.Example,
        [$"sancov {SancovReports.PagesName}"] = SancovReports.PagesExample,
    };

    /// <summary>Parses a command line and does what it says.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit code: 1 after errors, each a line <c>edgewise: …</c> on <paramref name="error"/>.</returns>
    public static int Invoke(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("SanitizerCoverage for .NET: instrument programs, run them, see which edges ran, and search simulations for bugs.")
        {
            InstrumentCommand.Create(),
            RunCommand.Create(),
            SancovCommand.Create(),
            ReportCommand.Create(),
            SimCommand.Create(),
            FuzzCommand.Create(),
            TminCommand.Create(),
            CminCommand.Create(),
            MergeCommand.Create(),
            AflCommand.Create(),
            ShowmapCommand.Create(),
            DiffcovCommand.Create(),
            KcovCommand.Create(),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!, Examples);

        args = FuzzSpelling.Translate(SancovSpelling.Translate(args, out string? misspelling));

        // Arguments are the program's own: '@file' is no response file, and '-abc' no bundle.
        ParseResult result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        string[] errors = misspelling is not null ? [misspelling] : [.. result.Errors.Select(e => e.Message), .. UnknownOptions(result, args)];
        var report = new CommandReport(output, error);
        if (errors.Length == 0)
        {
            return Invoke(result, report);
        }

        foreach (string message in errors)
        {
            report.Error(message);
        }

        report.Hint($"'edgewise {CommandName(result)}--help' shows what there is");
        return CommandReport.Failure;
    }

    private static int Invoke(ParseResult result, CommandReport report)
    {
        try
        {
            return result.Invoke(new InvocationConfiguration
            {
                Output = report.Output,
                Error = report.ErrorOutput,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (Exception e)
        {
            // Commands tell what they expect to go wrong; whatever else comes is ours to mend, and still ends in one line and exit code 1.
            report.Error($"a defect of edgewise, please report it: {e}");
            return CommandReport.Failure;
        }
    }

    /// <summary>What looks like an option and is taken for an argument: a slip of the pen, unless it stands behind <c>--</c>.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult result, string[] args)
    {
        int end = Array.IndexOf(args, EndOfOptions);
        int behind = end < 0 ? 0 : args.Length - end - 1;
        if (result.Action is HelpWithExample)
        {
            return [];
        }

        return result.CommandResult.Tokens
            .SkipLast(behind)
            .Where(t => t.Type == TokenType.Argument && t.Value.Length > 1 && t.Value[0] == '-')
            .Select(t => $"'{t.Value}' is no option of 'edgewise {CommandName(result).TrimEnd()}'; what is not meant as one goes behind '--'");
    }

    /// <summary>The command as it is typed, with what it is a part of: <c>sancov stats </c>, say; nothing for the root.</summary>
    internal static string CommandName(ParseResult result)
    {
        string name = "";
        for (CommandResult? command = result.CommandResult; command is { Command: not RootCommand }; command = command.Parent as CommandResult)
        {
            name = $"{command.Command.Name} {name}";
        }

        return name;
    }
}
