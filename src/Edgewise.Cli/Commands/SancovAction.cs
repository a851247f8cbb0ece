namespace Edgewise.Cli.Commands;

/// <summary>What <c>edgewise sancov</c> can do.</summary>
internal enum SancovAction
{
    /// <summary><c>print</c>.</summary>
    Print,

    /// <summary><c>stats</c>.</summary>
    Stats,

    /// <summary><c>covered-functions</c>.</summary>
    CoveredFunctions,

    /// <summary><c>not-covered-functions</c>.</summary>
    NotCoveredFunctions,
}
