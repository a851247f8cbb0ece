using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Inputs;

/// <summary>A <c>.sancov</c> file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="ModuleName">File name of the module that it belongs to.</param>
/// <param name="OriginalHash">SHA-256 of the module's original image in lower-case hex, where the record of the run beside it tells; else null.</param>
/// <param name="PointsPath">Path of its point set, where that record tells; else null.</param>
/// <param name="Pcs">Its PCs, in the file's order.</param>
public sealed record SancovInput(string Path, string ModuleName, string? OriginalHash, string? PointsPath, ulong[] Pcs)
{
    /// <summary>All instrumented modules of its run, also those of which nothing ran, where the record of the run tells; else empty.</summary>
    public IReadOnlyList<RunModule> RunModules { get; init; } = [];

    /// <summary>Folder of the file; empty for the working directory.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? "";
}
