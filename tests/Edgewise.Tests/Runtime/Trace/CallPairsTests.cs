using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Trace;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Runtime.Trace;

public sealed class CallPairsTests
{
    private readonly CallPairs _pairs = new(CallPairs.Allocate());

    [Fact]
    public void A_pair_is_new_once()
    {
        Assert.True(_pairs.Add(7, CallPairs.CalleeOfPoint(3)));
        Assert.False(_pairs.Add(7, CallPairs.CalleeOfPoint(3)));
        Assert.True(_pairs.Add(7, CallPairs.CalleeOfPoint(0)));
        Assert.True(_pairs.Add(0, CallPairs.CalleeOfPoint(3)));

        Assert.Equal(3, _pairs.Count);
        Assert.Equal([(0, CallPairs.CalleeOfPoint(3)), (7, CallPairs.CalleeOfPoint(0)), (7, CallPairs.CalleeOfPoint(3))], _pairs.ToList().Order());
    }

    [Fact]
    public void A_site_has_no_limit_of_callees()
    {
        const int CalleeCount = 100_000;
        for (int i = 0; i < CalleeCount; i++)
        {
            Assert.True(_pairs.Add(int.MaxValue, CallPairs.CalleeOfPoint(i)));
        }

        Assert.Equal((CalleeCount, 0), (_pairs.Count, _pairs.LostCount));
        Assert.Equal(Enumerable.Range(0, CalleeCount).Select(CallPairs.CalleeOfPoint), _pairs.ToList().Select(pair => pair.CalleeId).Order());
    }

    [Fact]
    public void Threads_that_add_the_same_pairs_find_each_new_once()
    {
        const int Sites = 300, Callees = 40;
        int news = 0;

        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 60_000; i++)
            {
                if (_pairs.Add(random.Next(Sites), CallPairs.CalleeOfPoint(random.Next(Callees))))
                {
                    Interlocked.Increment(ref news);
                }
            }
        });

        Assert.Equal((Sites * Callees, Sites * Callees), (news, _pairs.Count));
        Assert.Equal(Sites * Callees, _pairs.ToList().Distinct().Count());
    }

    [Fact]
    public void A_known_pair_allocates_nothing()
    {
        Action<int> add = count =>
        {
            for (int i = 0; i < count; i++)
            {
                _pairs.Add(i % 50, CallPairs.CalleeOfPoint(i % 70));
            }
        };
        add(5000);

        Assert.Equal(0, AllocatedBytes.LeastOfFive(() => add(100_000)));
    }

    [Fact]
    public void A_set_of_nothing_takes_nothing()
    {
        var none = new CallPairs(0);

        Assert.False(none.Add(1, CallPairs.CalleeOfPoint(1)));
        Assert.Equal((0, 0), (none.Count, none.LostCount));
        Assert.Empty(none.ToList());
    }

    [Fact]
    public void A_method_of_any_assembly_with_a_file_has_the_RVA_of_its_first_byte_of_IL()
    {
        System.Reflection.MethodInfo tiny = typeof(CallPairsTests).GetMethod(nameof(Tiny), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;

        long id = CalleeIds.Of(tiny);
        CodePlace place = CalleeIds.PlaceOf(id, _ => throw new InvalidOperationException());

        Assert.Equal(id, CalleeIds.Of(tiny));
        Assert.Equal(typeof(CallPairsTests).Assembly.Location, place.Module);
        using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(place.Module));
        Assert.Equal(tiny.GetMethodBody()!.GetILAsByteArray()!, image.GetSectionData((int)place.Offset).GetContent(0, 2));
    }

    [Fact]
    public void A_method_without_a_file_or_without_IL_is_unknown()
    {
        var dynamic = new System.Reflection.Emit.DynamicMethod("made", null, []);

        Assert.Equal(CallPairs.UnknownCallee, CalleeIds.Of(dynamic));
        Assert.Equal(CallPairs.UnknownCallee, CalleeIds.Of(typeof(IDisposable).GetMethod("Dispose")!));
        Assert.Equal(CodePlace.Unknown, CalleeIds.PlaceOf(CallPairs.UnknownCallee, _ => default));
    }

    private static int Tiny() => 1;
}
