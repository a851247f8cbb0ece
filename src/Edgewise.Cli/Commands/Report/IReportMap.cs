using Edgewise.Report;

namespace Edgewise.Cli.Commands.Report;

/// <summary>The coverage map of a process, which may still run.</summary>
internal interface IReportMap : IDisposable
{
    /// <summary>Where the modules of the process are, as far as the map tells.</summary>
    IReadOnlyList<string> ModulePaths { get; }

    /// <summary>Writes what was covered so far as <c>.sancov</c> files.</summary>
    /// <param name="folder">Where to.</param>
    /// <returns>The files, and those that belong beside them.</returns>
    IReadOnlyList<string> Dump(string folder);

    /// <summary>The counters as they are.</summary>
    IReadOnlyList<PointHits> Read();
}
