using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>The table of recent compares under many threads, and what it costs the garbage collector.</summary>
public sealed class ConcurrencyTests
{
    private const string Source = """
        public static class Subject
        {
            public static volatile bool Stop;

            public static void Small(uint seed)
            {
                uint n = seed;
                while (!Stop)
                {
                    for (int i = 0; i < 1000; i++) { n = n * 1664525 + 1013904223; Compare(n, n * 2654435761u ^ 0x5555AAAAu); }
                }
            }

            public static void Large(ulong seed)
            {
                ulong n = seed;
                while (!Stop)
                {
                    for (int i = 0; i < 1000; i++) { n = n * 6364136223846793005UL + 1442695040888963407UL; Compare(n, n * 0x9E3779B97F4A7C15UL ^ 0x5555AAAA5555AAAAUL); }
                }
            }

            public static int Many(int count)
            {
                int equal = 0;
                for (int i = 0; i != count; i++)
                {
                    if ((byte)i == 7) equal++;
                    if ((long)i * i == equal) equal++;
                    if ((double)i < equal) equal++;
                    switch (i & 15) { case 3: equal++; break; case 4: equal--; break; case 5: equal += 2; break; }
                }

                return equal;
            }

            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            private static bool Compare(uint a, uint b) => a == b;

            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            private static bool Compare(ulong a, ulong b) => a == b;
        }
        """;

    [Theory]
    [InlineData("Small", 4)]
    [InlineData("Large", 8)]
    public async Task Both_values_of_a_slot_are_of_one_comparison_while_threads_race(string method, int width)
    {
        using TracedModule module = new(Compilation.Image($"Racing{method}", Source), null);
        Type subject = module.Assembly.GetType("Subject", throwOnError: true)!;
        System.Reflection.MethodInfo compare = subject.GetMethod(method)!;
        int site = Array.FindLastIndex(module.Result.Points.Sites, found => found.Kind == SiteKind.Compare && found.Width == width);
        Task[] threads =
        [
            .. Enumerable.Range(1, 2).Select(seed => Task.Factory.StartNew(
                () => compare.Invoke(null, [width == 4 ? (object)(uint)seed : (ulong)seed]), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        HashSet<ulong> seen = [];
        List<RecentCompare> torn = [];

        // With two stores in place of one a tenth of this is enough; a machine that has other work may get to less.
        for (long until = Environment.TickCount64 + 10_000; seen.Count < 5000 && Environment.TickCount64 < until;)
        {
            foreach (RecentCompare pair in module.RecentCompares().Where(found => found.Site == site))
            {
                ulong expected = width == 4 ? ((uint)pair.Left * 2654435761u) ^ 0x5555AAAAu : (pair.Left * 0x9E3779B97F4A7C15UL) ^ 0x5555AAAA5555AAAAUL;
                seen.Add(pair.Left);
                if (pair.Right != expected)
                {
                    torn.Add(pair);
                }
            }
        }

        subject.GetField("Stop")!.SetValue(null, true);
        await Task.WhenAll(threads);
        Assert.Empty(torn);
        Assert.True(seen.Count >= 100, $"the reader saw only {seen.Count} pairs");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_million_compares_allocate_nothing(bool callbacks)
    {
        using TracedModule module = new(Compilation.Image($"Allocating{callbacks}", Source), callbacks ? CountedCalls.Class : null);
        var many = module.Assembly.GetType("Subject", throwOnError: true)!.GetMethod("Many")!.CreateDelegate<Func<int, int>>();
        many(1000);
        CountedCalls.Count = 0;

        long allocated = AllocatedBytes.LeastOfFive(() => many(200_001));

        Assert.Equal(0, allocated);
        Assert.Equal(callbacks ? 5 * 1_000_006 : 0, CountedCalls.Count);
        Assert.Contains(module.Result.Points.Sites, site => site.Kind == SiteKind.Switch);
    }
}
