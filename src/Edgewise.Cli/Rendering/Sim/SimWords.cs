using System.Globalization;
using Edgewise.Exploration;
using Edgewise.Exploration.Running;
using Edgewise.Simulation.Reporting;
using Spectre.Console;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>Numbers, times, kinds and reasons as the reports of simulations word them.</summary>
internal static class SimWords
{
    private const int BarCells = 20;

    /// <summary>A number with its thousands apart.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of things: <c>1 run</c>, <c>2 runs</c>.</summary>
    public static string Count(long number, string thing) => $"{Number(number)} {thing}{(number == 1 ? "" : "s")}";

    /// <summary>A length of time.</summary>
    public static string Time(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : time < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes} m {time.Seconds:00} s");

    /// <summary>Things a second; a dash where no time has passed.</summary>
    public static string Rate(long number, TimeSpan time) => time > TimeSpan.Zero ? $"{Number((long)(number / time.TotalSeconds))}/s" : "-";

    /// <summary>A kind of bug.</summary>
    public static string Of(BugKind kind) => kind switch
    {
        BugKind.PropertyViolated => "property violated",
        BugKind.Exception => "unhandled exception",
        BugKind.Deadlock => "deadlock",
        BugKind.VirtualTimeBudget => "simulated time is up",
        BugKind.Timeout => "timeout",
        BugKind.Hang => "hang",
        BugKind.Crash => "crash",
        BugKind.OutOfMemory => "out of memory",
        _ => "exit",
    };

    /// <summary>Why a search ended.</summary>
    public static string Why(ExplorationReport report) => report.End switch
    {
        EndReason.IterationsDone => report.Seeds.Count == 1 ? "the one root seed that was asked for is searched" : $"all {report.Seeds.Count} root seeds that were asked for are searched",
        EndReason.Stable => $"{report.Options.StableIterations} root seeds in a row brought nothing new",
        EndReason.NotStable => $"{report.Seeds.Count} root seeds are searched, the most there may be, and the last ones still brought something new",
        EndReason.TimeUp => $"its time of {Time(report.Options.Time ?? report.Elapsed)} is up",
        EndReason.BugFound => "the bug that it was to find was found",
        EndReason.Interrupted => "it was interrupted",
        EndReason.Nondeterminism => "one timeline gave two different runs, so nothing that is found would be found again",
        _ => "it goes on",
    };

    /// <summary>The sign before something that went well, ill, or was not seen, with its colour.</summary>
    public static (string Icon, Style Style) Icon(PropertyStatus status) => status switch
    {
        PropertyStatus.Failed => ("✗", ReportPage.Bad),
        PropertyStatus.Missed => ("○", ReportPage.Doubtful),
        _ => ("✓", ReportPage.Good),
    };

    /// <summary>A bar with its percentage, in a colour that says how much it is.</summary>
    public static (string Bar, Style Style) Bar(long part, long whole)
    {
        double share = whole == 0 ? 0 : (double)part / whole;
        int full = Math.Clamp((int)Math.Round(share * BarCells), part > 0 ? 1 : 0, part < whole ? BarCells - 1 : BarCells);
        Style style = share >= 0.5 ? ReportPage.Good : share >= 0.2 ? ReportPage.Doubtful : ReportPage.Bad;
        return ($"{new string('█', full)}{new string('░', BarCells - full)}  {Percent.Of(part, whole)} %", style);
    }
}
