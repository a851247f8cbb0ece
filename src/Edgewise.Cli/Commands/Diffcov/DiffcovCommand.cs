using System.CommandLine;
using Edgewise.Cli.Rendering.Diffcov;
using Edgewise.Showmap;
using Edgewise.Showmap.Differential;

namespace Edgewise.Cli.Commands.Diffcov;

/// <summary><c>edgewise diffcov</c>: compares fuzzers, or their configurations, by what their trials cover.</summary>
internal static class DiffcovCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "diffcov";

    private const string Seeds = "seeds";

    /// <summary>Examples for the end of its help, and of its subcommands.</summary>
    public static IReadOnlyDictionary<string, string> Examples { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Name] = """
              # which part of what the column covers does the row cover? with a page to look at
              edgewise diffcov relcov campaign --html campaign.html
              edgewise diffcov relscore campaign -x '^seeds$' -o csv
            """,
        [$"{Name} relcov"] = """
              edgewise diffcov relcov campaign --values average --collection intersection -o csv
            """,
        [$"{Name} relscore"] = """
              edgewise diffcov relscore campaign -i afl -i edgewise
            """,
        [$"{Name} reliability"] = """
              edgewise diffcov reliability campaign
            """,
        [$"{Name} reach"] = """
              edgewise diffcov reach campaign --seeds initial-corpus
            """,
        [$"{Name} performance"] = """
              edgewise diffcov performance campaign --against afl
            """,
        [$"{Name} {StatsCommand.Name}"] = StatsCommand.Example,
    };

    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        DiffcovSwitches switches = new();
        Command command = new(Name, "Compare approaches by what their trials cover: relative coverage, relscore, and whether differences are more than chance.");
        switches.AddTo(command);
        command.Subcommands.Add(Plain(switches, "relcov", "Print which part of each approach's coverage each approach covers.", null));
        command.Subcommands.Add(Plain(switches, "relscore", "Print a score for each approach: the more others miss what it covers, the higher.", static (_, scores) => Ranking.OfScores(scores)));
        command.Subcommands.Add(Plain(switches, "reliability", "Print which part of all that it ever covers each approach covers in one trial.", static (relcov, _) => Ranking.OfReliability(relcov)));
        command.Subcommands.Add(Reach(switches));
        command.Subcommands.Add(Performance(switches));
        command.Subcommands.Add(StatsCommand.Create(switches));
        return command;
    }

    /// <summary>The folder that every subcommand reads.</summary>
    public static Argument<string> Folder() =>
        new("DIR") { Description = "Folder of a campaign: in it a folder an approach, in that a showmap file a trial, with a line ID:COUNT for each edge." };

    private static Command Plain(DiffcovSwitches switches, string name, string description, Func<RelativeCoverage, IReadOnlyList<RelativeScore>, Ranking>? ranking)
    {
        Argument<string> folder = Folder();
        Command command = new(name, description) { folder };
        command.SetAction(result => Run(result, switches, folder, name, ranking));
        return command;
    }

    private static Command Reach(DiffcovSwitches switches)
    {
        Argument<string> folder = Folder();
        Option<string> seeds = new("--seeds") { Description = "The approach whose only trial ran the seeds and nothing else.", HelpName = "NAME", DefaultValueFactory = static _ => Seeds };
        Command command = new("reach", "Print which part of each approach's coverage its seeds cover: the less, the further it got.") { folder, seeds };
        command.SetAction(result => Run(result, switches, folder, "reach", (relcov, _) => Ranking.OfReach(relcov, Number(relcov, "--seeds", result.GetValue(seeds)!))));
        return command;
    }

    private static Command Performance(DiffcovSwitches switches)
    {
        Argument<string> folder = Folder();
        Option<string?> against = new("--against") { Description = "Measure by this approach only. [default: by each]", HelpName = "NAME" };
        Command command = new("performance", "Print which part of a reference's coverage the others cover, the best first.") { folder, against };
        command.SetAction(result => Run(result, switches, folder, "performance", (relcov, _) =>
            Ranking.OfPerformance(relcov, result.GetValue(against) is { } name ? Number(relcov, "--against", name) : null)));
        return command;
    }

    private static int Run(ParseResult result, DiffcovSwitches switches, Argument<string> folder, string name, Func<RelativeCoverage, IReadOnlyList<RelativeScore>, Ranking>? ranking)
    {
        CommandReport report = new(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        return switches.Read(result, result.GetValue(folder)!, report).Execute(name, ranking, report);
    }

    private static int Number(RelativeCoverage relcov, string option, string name)
    {
        int number = relcov.Names.ToList().IndexOf(name);
        return number >= 0 ? number : throw new ShowmapException($"{option}: there is no approach '{name}'; the approaches are {string.Join(", ", relcov.Names)}");
    }
}
