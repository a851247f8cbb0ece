using Edgewise.Report.Building;
using Edgewise.Report.Model;

namespace Edgewise.Tests.Report;

public sealed class LineStatesTests
{
    private const LineState No = LineState.Uncovered, Yes = LineState.Covered, Perhaps = LineState.Implied;

    [Fact]
    public void A_line_is_partly_covered_if_some_of_its_code_ran()
    {
        ReportLine line = Single(Point(Yes), Point(No));

        Assert.Equal(new ReportLine(7, LineState.Partly, 2, 1, null), line);
    }

    [Fact]
    public void A_function_that_was_inlined_twice_is_covered_if_one_copy_ran_whole()
    {
        ReportLine line = Single(Point(No, copy: 1), Point(No, copy: 1), Point(Yes, copy: 2), Point(Yes, copy: 2));

        Assert.Equal(LineState.Covered, line.State);
        Assert.Equal((4, 2), (line.PointCount, line.CoveredPointCount));
    }

    [Fact]
    public void Two_functions_on_a_line_must_both_have_run() =>
        Assert.Equal(LineState.Partly, Single(Point(Yes, function: 1), Point(No, function: 2)).State);

    [Fact]
    public void A_call_that_was_inlined_ran_if_anything_of_it_did() =>
        Assert.Equal(LineState.Covered, Single(Point(Yes) with { Weight = SampleWeight.Call }, Point(No) with { Weight = SampleWeight.Call }).State);

    [Fact]
    public void A_statement_that_goes_on_shows_what_its_first_line_shows() =>
        Assert.Equal(LineState.Partly, Single(Point(Yes) with { Weight = SampleWeight.Continuation }, Point(No) with { Weight = SampleWeight.Continuation }).State);

    [Fact]
    public void What_only_passes_a_line_says_nothing_where_code_of_its_own_does() =>
        Assert.Equal(LineState.Covered, Single(Point(Yes), Point(No) with { Weight = SampleWeight.Call }).State);

    [Fact]
    public void An_inferred_state_counts_only_where_there_is_no_other()
    {
        Assert.Equal(LineState.Implied, Single(Point(Perhaps) with { Weight = SampleWeight.Block }).State);
        Assert.Equal(LineState.Covered, Single(Point(Yes), Point(Perhaps) with { Weight = SampleWeight.Block }).State);
        Assert.Equal(LineState.Uncovered, Single(Point(No), Point(Perhaps) with { Weight = SampleWeight.Block }).State);
    }

    [Fact]
    public void Hits_are_the_most_within_a_copy_and_the_sum_over_copies()
    {
        ReportLine line = Single(
            Point(Yes, copy: 1) with { Hits = new HitCount(3, false) }, Point(Yes, copy: 1) with { Hits = new HitCount(5, false) }, Point(Yes, copy: 2) with { Hits = new HitCount(4, true) });

        Assert.Equal(new HitCount(9, OrMore: true), line.Hits);
        Assert.Equal("9+", line.Hits.ToString());
    }

    [Fact]
    public void Lines_come_in_order_whatever_the_order_of_samples() =>
        Assert.Equal([3, 7, 9], LineStates.Of([Point(Yes), Point(Yes) with { Line = 9 }, Point(No) with { Line = 3 }]).Select(line => line.Number));

    private static ReportLine Single(params LineSample[] samples) => Assert.Single(LineStates.Of([.. samples]));

    private static LineSample Point(LineState state, int function = 1, int copy = 0) => new(7, function, copy, state, SampleWeight.Point, null);
}
