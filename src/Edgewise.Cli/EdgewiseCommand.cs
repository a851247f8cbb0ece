using System.CommandLine;
using System.CommandLine.Parsing;
using Edgewise.Cli.Commands;

namespace Edgewise.Cli;

/// <summary>The <c>edgewise</c> command: its subcommands, and what they have in common.</summary>
internal static class EdgewiseCommand
{
    /// <summary>Parses a command line and does what it says.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit code: 1 after errors, each a line <c>edgewise: …</c> on <paramref name="error"/>.</returns>
    public static int Invoke(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("SanitizerCoverage for .NET: instrument programs, run them, and see which edges ran.")
        {
            InstrumentCommand.Create(),
            RunCommand.Create(),
            SancovCommand.Create(),
        };

        // Arguments are the program's own: '@file' is no response file, and '-abc' no bundle.
        ParseResult result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (result.Errors.Count == 0)
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }

        var report = new CommandReport(output, error);
        foreach (ParseError parseError in result.Errors)
        {
            report.Error(parseError.Message);
        }

        report.Hint($"'edgewise {CommandName(result)}--help' shows what there is");
        return CommandReport.Failure;
    }

    private static string CommandName(ParseResult result) =>
        result.CommandResult.Command is RootCommand ? "" : $"{result.CommandResult.Command.Name} ";
}
