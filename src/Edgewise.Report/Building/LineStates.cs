using System.Runtime.InteropServices;
using Edgewise.Report.Model;

namespace Edgewise.Report.Building;

/// <summary>Makes lines of samples.</summary>
/// <remarks>
/// A line is covered if each function that has code there ran all of it, in one copy of the function at least: a function that was inlined in a hundred
/// places, or a template, is one function of the source. It is uncovered if no code of it ran, else partly covered.
/// </remarks>
internal static class LineStates
{
    /// <summary>The lines, ascending.</summary>
    public static IReadOnlyList<ReportLine> Of(List<LineSample> samples)
    {
        samples.Sort(static (a, b) => (a.Line, a.Function, a.Copy).CompareTo((b.Line, b.Function, b.Copy)));
        List<ReportLine> lines = [];
        ReadOnlySpan<LineSample> rest = CollectionsMarshal.AsSpan(samples);
        while (rest.Length > 0)
        {
            int line = rest[0].Line, count = 1;
            while (count < rest.Length && rest[count].Line == line)
            {
                count++;
            }

            lines.Add(LineOf(rest[..count]));
            rest = rest[count..];
        }

        return lines;
    }

    private static ReportLine LineOf(ReadOnlySpan<LineSample> samples)
    {
        SampleWeight heaviest = SampleWeight.Call;
        int points = 0, coveredPoints = 0;
        bool anyCovered = false, anyUncovered = false, anyImplied = false;
        HitCount? hits = null;
        foreach (LineSample sample in samples)
        {
            heaviest = sample.Weight > heaviest ? sample.Weight : heaviest;
            points += sample.Weight == SampleWeight.Point ? 1 : 0;
            coveredPoints += sample is { Weight: SampleWeight.Point, State: LineState.Covered } ? 1 : 0;
        }

        SampleWeight least = heaviest > SampleWeight.Continuation ? SampleWeight.Block : heaviest;
        for (ReadOnlySpan<LineSample> rest = samples; rest.Length > 0;)
        {
            ReadOnlySpan<LineSample> function = While(rest, static (a, b) => a.Function == b.Function);
            LineState state = StateOf(function, least, ref hits);
            anyCovered |= state is LineState.Covered or LineState.Partly;
            anyUncovered |= state is LineState.Uncovered or LineState.Partly;
            anyImplied |= state == LineState.Implied;
            rest = rest[function.Length..];
        }

        // A call that was inlined ran if anything of it ran: what of it did not run shows at its own lines.
        LineState whole = anyCovered ? anyUncovered && least != SampleWeight.Call ? LineState.Partly : LineState.Covered
            : anyUncovered ? LineState.Uncovered
            : anyImplied ? LineState.Implied
            : LineState.None;
        return new ReportLine(samples[0].Line, whole, points, coveredPoints, hits);
    }

    private static LineState StateOf(ReadOnlySpan<LineSample> function, SampleWeight least, ref HitCount? hits)
    {
        LineState best = LineState.None;
        HitCount? sum = null;
        while (function.Length > 0)
        {
            ReadOnlySpan<LineSample> copy = While(function, static (a, b) => a.Copy == b.Copy);
            bool covered = false, uncovered = false, implied = false;
            HitCount? largest = null;
            foreach (LineSample sample in copy)
            {
                if (sample.Weight >= least)
                {
                    covered |= sample.State == LineState.Covered;
                    uncovered |= sample.State == LineState.Uncovered;
                    implied |= sample.State == LineState.Implied;
                    largest = sample.Hits is { } own && largest is { } other ? HitCount.Max(own, other) : largest ?? sample.Hits;
                }
            }

            LineState state = covered ? uncovered ? LineState.Partly : LineState.Covered : uncovered ? LineState.Uncovered : implied ? LineState.Implied : LineState.None;
            best = best == LineState.Implied && state != LineState.None ? state : state == LineState.Implied && best != LineState.None ? best : (LineState)Math.Max((int)best, (int)state);
            sum = largest is { } more && sum is { } known ? more + known : sum ?? largest;
            function = function[copy.Length..];
        }

        hits = sum is { } a && hits is { } b ? HitCount.Max(a, b) : hits ?? sum;
        return best;
    }

    private static ReadOnlySpan<LineSample> While(ReadOnlySpan<LineSample> samples, Func<LineSample, LineSample, bool> belongs)
    {
        int count = 1;
        while (count < samples.Length && belongs(samples[0], samples[count]))
        {
            count++;
        }

        return samples[..count];
    }
}
