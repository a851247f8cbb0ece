using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.OverTime;
using Edgewise.Showmap.Differential.Statistics;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Everything that a call of <c>edgewise diffcov</c> found, to be rendered.</summary>
/// <param name="Command">The subcommand.</param>
/// <param name="Folder">The campaign's folder as it was given.</param>
/// <param name="Values">How values of trials became one.</param>
/// <param name="Collection">How edges of trials became one set.</param>
/// <param name="Campaign">What was read.</param>
/// <param name="Relcov">Relative coverage of all approaches by all.</param>
/// <param name="Scores">Relscores in the order of approaches.</param>
internal sealed record DiffcovResult(
    string Command, string Folder, ValueReducer Values, CollectionReducer Collection, Campaign Campaign, RelativeCoverage Relcov, IReadOnlyList<RelativeScore> Scores)
{
    /// <summary>What the subcommand ranks approaches by; null where it does not.</summary>
    public Ranking? Ranking { get; init; }

    /// <summary>Of <c>stats</c>; else null.</summary>
    public CampaignStatistics? Statistics { get; init; }

    /// <summary>Coverage over time where it was asked for; else null.</summary>
    public IReadOnlyList<CoverageBand>? Bands { get; init; }
}
