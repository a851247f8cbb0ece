namespace Edgewise.Cli.Commands.Report;

/// <summary>What <c>edgewise report</c> writes.</summary>
internal enum ReportFormat
{
    /// <summary>A folder with pages.</summary>
    Html,

    /// <summary>lcov's tracefile.</summary>
    Lcov,

    /// <summary>Cobertura's XML.</summary>
    Cobertura,

    /// <summary>JSON with everything.</summary>
    Json,
}
