using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Trace;

namespace Edgewise.Tests.Runtime.Trace;

public sealed unsafe class TraceBuffersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Events_come_back_in_order_through_all_growth(bool isInFile)
    {
        const int Count = 100_000;
        string? path = isInFile ? _folder.File("a.map") : null;
        var buffers = new TraceBuffers(1 << 20, path, Assert.Fail);

        TraceCursor* cursor = Record(buffers, null, Count);

        ThreadTrace trace = Assert.Single(buffers.Collect());
        Assert.Equal((1, 0L), (trace.Thread, trace.LostCount));
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (uint)i), trace.Points);
        Assert.Equal(0, cursor->IsFull);
        if (path is not null)
        {
            // As another process reads it, whatever became of this one.
            Assert.Equal(trace.Points, Assert.Single(TraceRemains.Read(path)).Points);
            buffers.DeleteFiles();
            Assert.Empty(_folder.Names());
        }
    }

    [Fact]
    public void Beyond_the_bound_events_are_counted_and_the_count_outlives_the_process()
    {
        var buffers = new TraceBuffers(1000, _folder.File("a.map"), Assert.Fail);

        Record(buffers, null, 1234);

        ThreadTrace trace = Assert.Single(TraceRemains.Read(_folder.File("a.map")));
        Assert.Equal((1000, 234L), (trace.Points.Length, trace.LostCount));
        Assert.Equal(234, Assert.Single(buffers.Collect()).LostCount);
    }

    [Fact]
    public void Each_thread_has_a_trace_of_its_own()
    {
        var buffers = new TraceBuffers(1 << 16, _folder.File("a.map"), Assert.Fail);

        Parallel.ForEach(Enumerable.Range(1, 5), new ParallelOptions { MaxDegreeOfParallelism = 5 }, i => Record(buffers, null, i * 100));

        Assert.Equal([1, 2, 3, 4, 5], buffers.Collect().Select(trace => trace.Thread));
        Assert.Equal([100, 200, 300, 400, 500], TraceRemains.Read(_folder.File("a.map")).Select(trace => trace.Points.Length).Order());
        TraceRemains.Delete(_folder.File("a.map"));
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void Without_room_for_a_file_events_are_counted_and_a_line_says_so()
    {
        var notices = new List<string>();
        var buffers = new TraceBuffers(1000, Path.Combine(_folder.Path, "gone", "a.map"), notices.Add);

        Record(buffers, null, 10);

        ThreadTrace trace = Assert.Single(buffers.Collect());
        Assert.Equal((0, 10L), (trace.Points.Length, trace.LostCount));
        Assert.StartsWith("trace of thread 1: ", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_remains_fail_by_name_or_are_events()
    {
        string path = _folder.File("a.map.trace-1");
        Record(new TraceBuffers(100, _folder.File("a.map"), Assert.Fail), null, 100);
        byte[] content = File.ReadAllBytes(path);
        var random = new Random(3);
        int failures = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] mutated = content[..random.Next(20, content.Length)];
            mutated[random.Next(28) % mutated.Length] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, mutated);
            try
            {
                Assert.InRange(Assert.Single(TraceRemains.Read(_folder.File("a.map"))).Points.Length, 0, 100);
            }
            catch (CoverageFormatException failure)
            {
                failures++;
                Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(failures, 500, 1999);
    }

    private static TraceCursor* Record(TraceBuffers buffers, TraceCursor* cursor, int count)
    {
        for (uint i = 0; i < count; i++)
        {
            if (cursor == null || (cursor->Next == cursor->End && cursor->IsFull == 0))
            {
                cursor = buffers.Continue(cursor);
            }

            if (cursor->IsFull != 0)
            {
                ++*cursor->LostCount;
                continue;
            }

            *cursor->Next++ = i + 1;
        }

        return cursor;
    }
}
