using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Sancov.Native;

/// <summary>What is told of native binaries.</summary>
public sealed record NativeOptions
{
    /// <summary>How addresses are named.</summary>
    public SymbolizerOptions Symbolizer { get; init; } = new();

    /// <summary>What is cut off from paths of sources, with all before it.</summary>
    public string StripPathPrefix { get; init; } = "";

    /// <summary>A file with a list of sources and functions to leave out, or null.</summary>
    public string? IgnoreListFile { get; init; }

    /// <summary>True to leave out the runtime's own functions, system headers and libc++.</summary>
    public bool UseDefaultIgnoreList { get; init; } = true;

    /// <summary>True to leave out sources of which nothing ran.</summary>
    public bool SkipDeadFiles { get; init; }

    /// <summary>True where what did not run is not asked for: then points that were not hit may be left out.</summary>
    public bool CoveredAlone { get; init; }
}
