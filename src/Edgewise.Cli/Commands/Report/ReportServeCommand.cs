using System.CommandLine;
using Edgewise.Report;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Symbols;

namespace Edgewise.Cli.Commands.Report;

/// <summary><c>edgewise report serve</c>: the same pages on this machine, which follow a running process.</summary>
internal static class ReportServeCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "serve";

    /// <summary>For the end of its help.</summary>
    public const string Example = """
          # follow a process that runs with coverage_direct=1, and compare it with an earlier run
          edgewise report serve coverage/4711.edgewise-map --diff yesterday --port 8080
        """;

    private const int DefaultPort = 8001;

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        ReportSwitches switches = new();
        Option<int> port = new("--port") { Description = "Port on 127.0.0.1; 0 takes a free one.", HelpName = "NUMBER", DefaultValueFactory = static _ => DefaultPort };
        Command command = new(Name, "Serve the pages on this machine; they follow processes whose maps are among the inputs. Ctrl-C ends it.");
        switches.AddTo(command);
        command.Options.Add(port);
        command.SetAction((result, cancellation) => Task.FromResult(
            Run(switches.Read(result), result.GetValue(port), new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error), cancellation)));
        return command;
    }

    private static int Run(ReportRequest request, int port, CommandReport report, CancellationToken cancellation)
    {
        if (port is < 0 or > ushort.MaxValue)
        {
            report.Error($"--port {port}: a number from 0 to {ushort.MaxValue} expected");
            return CommandReport.Failure;
        }

        try
        {
            using LiveReport? live = LiveReport.Open(request, report);
            return live is null ? CommandReport.Failure : live.Serve(port, cancellation);
        }
        catch (Exception e) when (e is SancovException or SymbolsException or CoverageFormatException or ReportException or IOException or UnauthorizedAccessException)
        {
            report.Error(e.Message);
            return CommandReport.Failure;
        }
    }
}
