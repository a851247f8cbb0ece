using Edgewise.Cli.Terminal;
using Edgewise.Corpus;
using Edgewise.Hosting;
using Edgewise.Supervision;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>Runs a tool until it ends or somebody interrupts it, and tells what went wrong.</summary>
internal static class ToolErrors
{
    // libFuzzer's.
    private const int Interrupted = 72;

    /// <summary>Runs it.</summary>
    /// <param name="report">Receives errors.</param>
    /// <param name="run">The tool; gives the exit code.</param>
    public static int Tell(CommandReport report, Func<CancellationToken, int> run)
    {
        using var interrupt = new Interrupt();
        try
        {
            return run(interrupt.Token);
        }
        catch (OperationCanceledException)
        {
            report.Error("interrupted");
            return Interrupted;
        }
        catch (Exception failure) when (failure is SupervisionException or HostingException or CorpusException or IOException or UnauthorizedAccessException)
        {
            Say(report, failure.Message);
            return CommandReport.Failure;
        }
    }

    /// <summary>Tells an error, which may have lines of choices behind it.</summary>
    public static void Say(CommandReport report, string message)
    {
        string[] lines = message.Split('\n');
        report.Error(lines[0]);
        foreach (string line in lines.Skip(1))
        {
            report.Hint(line);
        }
    }
}
