using System.Diagnostics;
using System.Globalization;
using Edgewise.Fuzzing.Running;
using Edgewise.Fuzzing.Tools;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>What merges say, in libFuzzer's words.</summary>
internal sealed class MergeText(TextWriter error)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>A message of a worker.</summary>
    public void Hear(FuzzMessage message)
    {
        switch (message)
        {
            case MergedMessage merged:
                double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
                error.WriteLine(Line(merged, seconds < 1 ? 0 : (long)(merged.Executed / seconds), Environment.WorkingSet >> 20));
                break;
            case NoticeMessage notice:
                error.WriteLine(TerminalText.Plain($"INFO: edgewise: {notice.Text}"));
                break;
            default:
                break;
        }
    }

    /// <summary>A line of progress.</summary>
    public static string Line(MergedMessage merged, long rate, long megabytes) => string.Create(
        CultureInfo.InvariantCulture, $"#{merged.Executed}\t{merged.Event,-6} cov: {merged.Points} ft: {merged.Features} exec/s: {rate} rss: {megabytes}Mb");

    /// <summary>Tells only what a user should know.</summary>
    public static void Tell(CommandReport report, FuzzMessage message)
    {
        if (message is NoticeMessage notice)
        {
            report.Note(notice.Text);
        }
    }

    /// <summary>The result of <c>cmin</c>.</summary>
    public static string Reduced(CorpusReductionResult result, string folder) => TerminalText.Plain(string.Create(
        CultureInfo.InvariantCulture,
        $"{folder}: {result.Chosen.Count} of {result.Inputs} inputs, {result.ChosenBytes} of {result.Bytes} bytes, cover all {result.Features} features at {result.Points} points{LeftOut(result.Failures.Count)}"));

    private static string LeftOut(int count) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {count} made the target fail and {(count == 1 ? "is" : "are")} left out");
}
