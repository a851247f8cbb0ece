using Edgewise.Fuzzing.Guidance;

namespace Edgewise.Tests.Fuzzing;

[Collection(nameof(CompareLog))]
public sealed unsafe class CompareLogTests
{
    [Fact]
    public void The_first_and_the_last_comparisons_of_a_busy_site_are_kept()
    {
        CompareLog.Reset();
        for (uint i = 0; i < 1000; i++)
        {
            CompareLog.TraceCmp4(i, 5000, 3);
        }

        uint[] kept = [.. CompareLog.Snapshot(out _).Select(logged => (uint)logged.Left).Order()];

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 992, 993, 994, 995, 996, 997, 998, 999], kept);
    }

    [Fact]
    public void Equal_sides_are_counted_by_site()
    {
        CompareLog.Reset();
        CompareLog.TraceConstCmp4(7, 7, 1);
        CompareLog.TraceConstCmp4(7, 7, 1);
        CompareLog.TraceConstCmp4(7, 8, 2);

        Assert.Equal((2, 0, 1), (CompareLog.EqualAt(1), CompareLog.EqualAt(2), CompareLog.EqualSites()));

        CompareLog.Reset();
        Assert.Equal((0, 0), (CompareLog.EqualAt(1), CompareLog.EqualSites()));
        Assert.Empty(CompareLog.Snapshot(out _));
    }

    [Fact]
    public void Text_and_the_values_of_a_switch_are_kept_with_their_events()
    {
        CompareLog.Reset();
        ulong* cases = stackalloc ulong[] { 2, 32, 5, 9 };
        CompareLog.TraceSwitch(7, cases, 4);
        fixed (char* left = "abc", right = "xyz")
        {
            CompareLog.TraceCompareChars(left, 3, right, 3, 5);
        }

        CompareEvent[] events = CompareLog.Snapshot(out byte[] text);

        Assert.Equal([CompareKind.Switch, CompareKind.Chars], events.Select(logged => logged.Kind));
        Assert.Equal([5UL, 9UL], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(text.AsSpan(events[0].Start, events[0].LeftLength)).ToArray());
        Assert.Equal("abcxyz", System.Text.Encoding.Unicode.GetString(text, events[1].Start, events[1].LeftLength + events[1].RightLength));
    }

    [Fact]
    public void No_number_of_events_overflows_it()
    {
        CompareLog.Reset();
        byte[] long1 = new byte[200], long2 = [.. Enumerable.Repeat((byte)1, 200)];
        fixed (byte* left = long1, right = long2)
        {
            for (int i = 0; i < 100_000; i++)
            {
                CompareLog.TraceCompareBytes(left, 200, right, 200, i);
                CompareLog.TraceCmp8((ulong)i, 1, i + 50_000);
            }
        }

        Assert.InRange(CompareLog.Snapshot(out _).Length, 1000, 1 << 14);
        CompareLog.Reset();
    }
}
