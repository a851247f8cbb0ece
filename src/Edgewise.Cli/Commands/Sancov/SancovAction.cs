namespace Edgewise.Cli.Commands.Sancov;

/// <summary>What <c>edgewise sancov</c> can do with coverage.</summary>
internal enum SancovAction
{
    /// <summary><c>print</c>.</summary>
    Print,

    /// <summary><c>print-coverage-pcs</c>.</summary>
    PrintCoveragePcs,

    /// <summary><c>stats</c>.</summary>
    Stats,

    /// <summary><c>covered-functions</c>.</summary>
    CoveredFunctions,

    /// <summary><c>not-covered-functions</c>.</summary>
    NotCoveredFunctions,

    /// <summary><c>symbolize</c>.</summary>
    Symbolize,
}
