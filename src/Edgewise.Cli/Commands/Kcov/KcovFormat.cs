namespace Edgewise.Cli.Commands.Kcov;

/// <summary>What <c>edgewise kcov run -o</c> writes.</summary>
internal enum KcovFormat
{
    /// <summary>The PCs that ran, for <c>edgewise sancov</c> and <c>edgewise report</c>.</summary>
    Sancov,

    /// <summary>The PCs that ran with their counts, by names that depend on the build alone.</summary>
    Showmap,

    /// <summary>All that was recorded.</summary>
    Json,
}
