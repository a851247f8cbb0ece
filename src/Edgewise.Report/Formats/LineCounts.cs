using Edgewise.Report.Model;

namespace Edgewise.Report.Formats;

/// <summary>What formats that know hits and branches say of a line.</summary>
internal static class LineCounts
{
    /// <summary>How often it ran: by a counter, else 1; 0 where it did not.</summary>
    public static long HitsOf(in ReportLine line) => line.State == LineState.Uncovered ? 0 : Math.Max(line.Hits?.Count ?? 1, 1);

    /// <summary>How many of its points count as taken branches: all of a covered line, of which some copies may not have run.</summary>
    public static int CoveredBranches(in ReportLine line) => line.State == LineState.Covered ? line.PointCount : line.CoveredPointCount;
}
