using System.Globalization;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Verifying;

/// <summary>Where two runs of one timeline, which must be equal, first differ.</summary>
public static class RunDifference
{
    /// <summary>True if two traced results of one timeline agree in all but their edges.</summary>
    /// <remarks>When a run is killed is no matter of its timeline: of such a run only the draws that both made are compared.</remarks>
    public static bool AreEqualInFindings(TimelineResult left, TimelineResult right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (IsCutOff(left) || IsCutOff(right))
        {
            return left.Discoveries.Where(IsDraw).Zip(right.Discoveries.Where(IsDraw)).All(pair => pair.First == pair.Second);
        }

        return left.End.Bug == right.End.Bug && left.End.Signature == right.End.Signature && left.Draws == right.Draws
            && left.Discoveries.SequenceEqual(right.Discoveries);
    }

    /// <summary>The points whose counters differ.</summary>
    public static IEnumerable<int> DifferingPoints(TimelineResult left, TimelineResult right)
    {
        int length = Math.Max(left.Counters.Length, right.Counters.Length);
        for (int point = 0; point < length; point++)
        {
            if (CounterOf(left, point) != CounterOf(right, point))
            {
                yield return point;
            }
        }
    }

    /// <summary>Says where two runs of a timeline first differ.</summary>
    /// <param name="timeline">The timeline.</param>
    /// <param name="first">What one run gave, traced draw by draw.</param>
    /// <param name="second">What the other gave, traced too.</param>
    public static string Describe(Timeline timeline, TimelineResult first, TimelineResult second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Discovery[] these = [.. first.Discoveries.Where(IsDraw)];
        Discovery[] those = [.. second.Discoveries.Where(IsDraw)];
        int same = these.AsSpan().CommonPrefixLength(those);
        string where = string.Create(CultureInfo.InvariantCulture, $"root seed {timeline.RootSeed}, draw {same + 1}");
        if (same < these.Length && same < those.Length)
        {
            return these[same].Value == those[same].Value
                ? $"{where}: the two runs took other edges before it"
                : $"{where}: one run asked for {Asked(these[same])}, the other for {Asked(those[same])}";
        }

        if (these.Length != those.Length)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{where}: one run made {these.Length} draws, the other {those.Length}");
        }

        string? state = first.Discoveries.Except(second.Discoveries).Concat(second.Discoveries.Except(first.Discoveries))
            .OrderBy(discovery => (discovery.Segment, discovery.Count))
            .Select(discovery => string.Create(CultureInfo.InvariantCulture, $"segment {discovery.Segment}, behind {discovery.Count} draws: only one of the runs made a discovery of kind {discovery.Kind} there"))
            .FirstOrDefault();
        return state is not null ? $"root seed {timeline.RootSeed}, {state}"
            : first.End != second.End ? $"{where}: the runs made the same draws, but one ended with '{EndOf(first)}', the other with '{EndOf(second)}'"
            : $"{where}: the runs made the same draws and ended alike, but made their discoveries in another order";
    }

    private static bool IsCutOff(TimelineResult result) => result.End.Bug is BugKind.Timeout or BugKind.OutOfMemory;

    private static bool IsDraw(Discovery discovery) => discovery.Kind == DiscoveryKind.Draw;

    private static string Asked(Discovery draw) => draw.Value == 0 ? "64 bits" : string.Create(CultureInfo.InvariantCulture, $"a number below {draw.Value}");

    private static string EndOf(TimelineResult result) => result.End.Bug is null ? "no bug" : result.End.Signature;

    private static byte CounterOf(TimelineResult result, int point) => point < result.Counters.Length ? result.Counters.Span[point] : (byte)0;
}
