using Edgewise.Bench.Unique;
using Edgewise.Bench.Unique.Designs;
using FsCheck;
using FsCheck.Fluent;
using Replay = Edgewise.Bench.Unique.Replay;

namespace Edgewise.Tests.Runtime.Sessions;

/// <summary>The designs of the study against sets that .NET keeps: a figure of one that is wrong says nothing.</summary>
public sealed class DesignTests
{
    private const int Words = 4096, Sites = 4096;

    public static TheoryData<string> Unique => ["stamp8", "stamp16", "bitmap", "segments", "open", "chain", "raw-then-table"];

    [Theory]
    [MemberData(nameof(Unique))]
    public void Each_PC_is_recorded_once_in_every_run(string name) => Check(name, trace => trace.Events.Select(site => trace.Pcs[site]).Distinct());

    [Theory]
    [InlineData("edge.set")]
    [InlineData("edge.last")]
    public void Each_edge_is_recorded_once_in_every_run(string name) => Check(name, trace => Numbered(trace).Distinct());

    [Theory]
    [InlineData("raw")]
    [InlineData("delta")]
    public void Traces_leave_nothing_out(string name) => Check(name, trace => trace.Events.Select(site => trace.Pcs[site]));

    [Fact]
    public void The_ten_traces_have_the_numbers_of_the_laboratory()
    {
        IReadOnlyList<EventTrace> traces = TraceFile.Read(Path.Combine(AppContext.BaseDirectory, "Data", "kcov", "traces-v1.bin.gz"));

        Assert.Equal(10, traces.Count);
        Assert.Equal((26, 26, 26), (traces[0].Events.Length, traces[0].UniquePcs, traces[0].UniqueEdges));
        EventTrace open = Assert.Single(traces, trace => trace.Events.Length == 819);
        Assert.Equal((626, 651), (open.UniquePcs, open.UniqueEdges));
        Assert.Contains(traces, trace => trace.Length == 3_090_537 && trace.Events.Length == 300_000);
    }

    private static void Check(string name, Func<EventTrace, IEnumerable<ulong>> expected)
    {
        using Replay replay = Make(name);
        Prop.ForAll<byte[], ushort>((passed, seed) =>
        {
            EventTrace trace = EventTrace.OfPcs("made up", passed.Select(site => 0xFFFFFFFF_81000000 + ((ulong)site * (ulong)(1 + (seed % 97)))), passed.Length);
            for (int run = 0; run < 3; run++)
            {
                replay.Run(trace);
                ulong[] found = Found(replay);
                if (name.StartsWith("edge", StringComparison.Ordinal))
                {
                    // Guards keep the numbers that they were given first, whatever trace they are of.
                    if (found.Length != expected(trace).Count() || found.Distinct().Count() != found.Length)
                    {
                        return false;
                    }
                }
                else if (!found.SequenceEqual(expected(trace)))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static ulong[] Found(Replay replay)
    {
        if (replay.Design is RawThenTable { IsUnique: false } early)
        {
            early.Deduplicate();
            return early.Found();
        }

        return replay.Design.Found();
    }

    private static IEnumerable<ulong> Numbered(EventTrace trace) => EventTrace.Pairs(trace.Events);

    private static Replay Make(string name) => name switch
    {
        "raw" => Replay.Of(name, new RawAppend(Words), Sites),
        "delta" => Replay.Of(name, new DeltaTrace(Words), Sites),
        "stamp8" => Replay.Of(name, new ByteStamps(Words, Sites), Sites),
        "stamp16" => Replay.Of(name, new WideStamps(Words, Sites), Sites),
        "bitmap" => Replay.Of(name, new GuardBitmap(Words, Sites), Sites),
        "segments" => Replay.Of(name, new SegmentBitmap(Words, Sites), Sites),
        "open" => Replay.Of(name, new OpenAddressing(Words, 12), Sites),
        "chain" => Replay.Of(name, new ChainedHash(Words, false), Sites),
        "raw-then-table" => Replay.Of(name, new RawThenTable(64, 12), Sites),
        "edge.set" => Replay.Of(name, new ExactEdges(Words), Sites),
        _ => Replay.Of(name, new LastPredecessor(Words, Sites), Sites),
    };
}
