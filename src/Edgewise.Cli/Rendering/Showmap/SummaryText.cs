using System.Globalization;
using Edgewise.Showmap.Files;
using Edgewise.Showmap.Replay;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Edgewise.Cli.Rendering.Showmap;

/// <summary>What <c>edgewise showmap</c> tells people. Pure: the same summary gives the same text.</summary>
internal static class SummaryText
{
    private const int MostEntries = 20;

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, bool isTerminal, ShowmapSummary summary)
    {
        AnsiTerminal.Over(writer, isTerminal).Write(Table(summary));
        foreach (string line in Lines(summary))
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>A row for each kind of points.</summary>
    public static IRenderable Table(ShowmapSummary summary)
    {
        Table table = new() { Border = TableBorder.None, ShowHeaders = true };
        string[] headings = ["domain", "requested", "observed", "modules", "points covered", "percent", "files"];
        for (int i = 0; i < headings.Length; i++)
        {
            table.AddColumn(new TableColumn(new Text(headings[i])) { NoWrap = true, Alignment = i < 3 ? Justify.Left : Justify.Right, Padding = new Padding(0, 0, i == headings.Length - 1 ? 0 : 2, 0) });
        }

        foreach (DomainFigures domain in summary.Domains)
        {
            table.AddRow(
                domain.Domain, domain.IsRequested ? "yes" : "no", domain.Covered > 0 ? "yes" : "no", Number(domain.Modules),
                domain.HasTotal ? $"{Number(domain.Covered)} of {Number(domain.Points)}" : Number(domain.Covered), domain.HasTotal ? Percent.Of(domain.Covered, domain.Points) : "n/a", Number(domain.Files));
        }

        return table;
    }

    /// <summary>What became of the entries, and where the files are.</summary>
    public static IEnumerable<string> Lines(ShowmapSummary summary)
    {
        ReplayResult result = summary.Result;
        yield return $"{Entries(result.Entries.Count)} in {summary.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s: {string.Join(", ", Fates(result))}";
        foreach (string line in Listed(result))
        {
            yield return line;
        }

        if (summary.Domains.Any(domain => domain.IsWritten))
        {
            yield return TerminalText.Plain(summary.Path);
        }
    }

    /// <summary>What a user should know.</summary>
    public static IEnumerable<string> Warnings(ShowmapSummary summary)
    {
        foreach (DomainFigures domain in summary.Domains.Where(domain => domain.IsRequested && domain.Covered == 0))
        {
            yield return $"{domain.Domain} was asked for and not observed: {Cause(domain, summary.Result)}";
        }

        if (summary.Result.Unstable.Count > 0)
        {
            yield return $"{Number(summary.Result.Unstable.Count)} points are unstable: what they count depends on what ran before; --stable leaves them out, --isolate context or process avoids it";
        }

        if (summary.Saturated > 0)
        {
            yield return $"counters reached their ceiling of 255 {Number(summary.Saturated)} times: the true counts are that or more";
        }
    }

    private static string Cause(DomainFigures domain, ReplayResult result) => domain switch
    {
        _ when result.Count(EntryFate.Accepted) == 0 => "no entry was accepted",
        { Modules: > 0 } => "no entry hit a point of it; --assemblies may name other assemblies than the target calls",
        { Domain: PointDomain.Evm } => "the target is no contract; --evm-harness and --evm-rpc replay Foundry's corpora",
        { Domain: PointDomain.Sancov } => "the target is no shared object with -fsanitize-coverage",
        _ => "the target is no .NET assembly",
    };

    private static IEnumerable<string> Fates(ReplayResult result)
    {
        int accepted = result.Count(EntryFate.Accepted), answered = result.Entries.Count(entry => entry.Outcome is { Fate: EntryFate.Accepted, Answered: > 0 });
        yield return $"{Number(accepted)} accepted{(answered > 0 ? $" ({Number(answered)} answered by an error)" : "")}";
        foreach ((EntryFate fate, string word) in ((EntryFate, string)[])[(EntryFate.Skipped, "skipped"), (EntryFate.Unreadable, "unreadable"), (EntryFate.TimedOut, "timed out"), (EntryFate.Crashed, "crashed")])
        {
            if (result.Count(fate) is int count and > 0)
            {
                yield return $"{Number(count)} {word}";
            }
        }

        if (result.Entries.Sum(entry => entry.Outcome.Rejected) is int rejected and > 0)
        {
            yield return $"{Number(rejected)} calls rejected";
        }
    }

    private static IEnumerable<string> Listed(ReplayResult result)
    {
        ReplayedEntry[] told = [.. result.Entries.Where(entry => entry.Outcome.Fate != EntryFate.Accepted)];
        foreach (ReplayedEntry entry in told.Take(MostEntries))
        {
            yield return $"  {TerminalText.Plain(entry.Entry.Name)}: {Word(entry.Outcome.Fate)}: {TerminalText.Plain(entry.Outcome.Reason)}";
        }

        if (told.Length > MostEntries)
        {
            yield return $"  … and {Number(told.Length - MostEntries)} more; the manifest has all";
        }
    }

    private static string Word(EntryFate fate) => fate == EntryFate.TimedOut ? "timed out" : fate.ToString().ToLowerInvariant();

    private static string Entries(int count) => $"{Number(count)} {(count == 1 ? "entry" : "entries")}";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
