namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>What <c>edgewise diffcov</c> prints.</summary>
internal enum DiffcovFormat
{
    /// <summary>Text to read.</summary>
    Stdout,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>A LaTeX tabular.</summary>
    Latex,
}
