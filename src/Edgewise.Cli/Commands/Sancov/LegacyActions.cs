using System.CommandLine;
using Edgewise.Cli.Rendering;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Legacy;
using Edgewise.Symbols;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary>The actions of <c>edgewise sancov</c> that read the formats of 2016.</summary>
internal static class LegacyActions
{
    /// <summary>The actions.</summary>
    public static IEnumerable<Command> Create() =>
    [
        Reading("bitset", "Print how many points of each .bitset-sancov file were reached.", ".bitset-sancov files.", LegacyBitset.Read, LegacyText.Bitsets, LegacyJson.Bitsets),
        Reading("counters", "Print the points of .counters-sancov files that were reached, with how often.", ".counters-sancov files.", LegacyCounters.Read, LegacyText.Counters, LegacyJson.Counters),
        Reading("callers", "Print the indirect calls in caller-callee.PID.sancov files.", "caller-callee.PID.sancov files.", LegacyCalls.Read, LegacyText.Calls, LegacyJson.Calls),
        Reading("trace", "Print the points that a thread went through, in order.", "trace-events.PID.sancov files; trace-points.PID.sancov is beside each.", LegacyTrace.Read, LegacyText.Traces, LegacyJson.Traces),
        Unpack(),
        RawUnpack(),
    ];

    private static Command Reading<T>(
        string name, string description, string filesDescription, Func<string, T> read,
        Func<IReadOnlyList<T>, string> text, Action<System.Text.Json.Utf8JsonWriter, IReadOnlyList<T>> json)
    {
        Argument<string[]> files = Files(filesDescription);
        Option<string?> jsonFile = Json();
        Command command = new(name, description) { files, jsonFile };
        command.SetAction(result => Run(result, jsonFile, report =>
        {
            T[] contents = [.. result.GetValue(files)!.Select(read)];
            JsonOutput.Write(result.GetValue(jsonFile), report, writer => json(writer, contents));
            return () => text(contents);
        }));
        return command;
    }

    private static Command Unpack()
    {
        Argument<string[]> files = Files(".sancov.packed files.");
        Option<string> output = Output("[default: the current folder]");
        output.DefaultValueFactory = static _ => ".";
        Option<string?> jsonFile = Json();
        Command command = new("unpack", "Take the .sancov files out of .sancov.packed files.") { files, output, jsonFile };
        command.SetAction(result => Run(result, jsonFile, report =>
        {
            UnpackedSancov[] contents = [.. result.GetValue(files)!.SelectMany(PackedReader.Read)];
            IReadOnlyList<string> written = Unpacking.Write(result.GetValue(output)!, contents);
            JsonOutput.Write(result.GetValue(jsonFile), report, writer => LegacyJson.Written(writer, "unpack", written));
            return () => LegacyText.Written(written);
        }));
        return command;
    }

    private static Command RawUnpack()
    {
        Argument<string[]> files = Files("PID.sancov.raw files, with PID.sancov.map beside each, or PID.edgewise-map files that processes left which were killed.");
        Option<string> output = Output("[default: the folder of each file]");
        Option<string?> formats = new("--formats") { Description = "Of PID.edgewise-map files, write these too: bitset, counters, packed, raw, separated by commas.", HelpName = "LIST" };
        Option<string?> jsonFile = Json();
        Command command = new("rawunpack", "Make .sancov files of what coverage_direct=1 left.") { files, output, formats, jsonFile };
        command.SetAction(result => Run(result, jsonFile, report =>
        {
            RawUnpacking unpacking = new(result.GetValue(output), RawUnpacking.ParseFormats(result.GetValue(formats)), report);
            IReadOnlyList<string> written = unpacking.Unpack(result.GetValue(files)!);
            JsonOutput.Write(result.GetValue(jsonFile), report, writer => LegacyJson.Written(writer, "rawunpack", written));
            return () => LegacyText.Written(written);
        }));
        return command;
    }

    /// <summary>Does an action; what it returns is printed, unless JSON goes to standard output or that could not be written.</summary>
    public static int Run(ParseResult result, Option<string?> jsonFile, Func<CommandReport, Func<string>> action)
    {
        CommandReport report = new(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        JsonOutput.Check(result.GetValue(jsonFile), report);
        try
        {
            Func<string>? text = report.ErrorCount == 0 ? action(report) : null;
            if (text is not null && report.ErrorCount == 0 && !JsonOutput.ReplacesText(result.GetValue(jsonFile)))
            {
                report.Output.Write(text());
            }
        }
        catch (Exception e) when (e is SancovException or SymbolsException or CoverageFormatException)
        {
            report.Error(e.Message);
        }

        return report.ErrorCount == 0 ? 0 : CommandReport.Failure;
    }

    /// <summary>The files that an action reads.</summary>
    public static Argument<string[]> Files(string description) => new("FILES") { Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary><c>--json</c>.</summary>
    public static Option<string?> Json() =>
        new("--json") { Description = "Write JSON to a file, or with '-' to standard output instead of text.", HelpName = "FILE" };

    private static Option<string> Output(string orElse) => new("--output", "-o") { Description = $"Folder to write to. {orElse}", HelpName = "DIR" };
}
