using Edgewise.Showmap.Replay;

namespace Edgewise.Cli.Rendering.Showmap;

/// <summary>How a replay went.</summary>
/// <param name="Result">What it found.</param>
/// <param name="Domains">What was asked for and seen.</param>
/// <param name="Path">The file, or the folder of files.</param>
/// <param name="ManifestPath">Where the fate of each entry stands.</param>
/// <param name="Elapsed">Time that it took.</param>
internal sealed record ShowmapSummary(ReplayResult Result, IReadOnlyList<DomainFigures> Domains, string Path, string ManifestPath, TimeSpan Elapsed)
{
    private const int Crash = 77;
    private const int Timeout = 70;

    /// <summary>Points of which a counter reached its ceiling, by entry added up.</summary>
    public int Saturated => Result.Entries.Sum(entry => entry.Saturated);

    /// <summary>The exit code over all entries: of several the largest.</summary>
    public int ExitCode =>
        Result.Count(EntryFate.Crashed) > 0 ? Crash
        : Result.Count(EntryFate.TimedOut) > 0 ? Timeout
        : Result.Count(EntryFate.Unreadable) > 0 || Result.Count(EntryFate.Accepted) == 0 || !Domains.Any(domain => domain.IsWritten) ? 1
        : 0;
}
