using System.Diagnostics;
using System.Runtime.InteropServices;
using Edgewise.Feedback;
using Edgewise.Feedback.Kernels;

namespace Edgewise.Bench.Feedback;

/// <summary>
/// How fast a run's counters are compared with the history and absorbed into it: 64 KiB maps that differ from call to call,
/// 1 % (sparse) and 30 % (dense) of the points hit, nothing new.
/// </summary>
/// <remarks>
/// Public calls and scalar twins are timed in turn, round by round, each on fresh maps; the figures are medians over the rounds.
/// GB/s are bytes of the coverage map, 10⁹ a GB; the history that is read beside it is not counted.
/// </remarks>
public static class FeedbackBenchmarks
{
    private const int MapLength = 64 * 1024;
    private const int Maps = 128;
    private const int MapsTimed = 4;

    // Long enough for the runtime to reach its last tier of compilation.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);

    // AFL++'s portable C, best of its builds on maps that differ from call to call: novelty 9.9 and 6.1, classify and compare 4.5 and 3.2.
    // The twins should reach two thirds of it, so that the ratio to a twin is a ratio to fair scalar code.
    private const double TwinShare = 2.0 / 3;

    private delegate int Kernel(ReadOnlySpan<byte> counters, Span<byte> history);

    /// <summary>Takes all figures of the feedback kernels, in one run.</summary>
    /// <param name="rounds">Timed rounds; each times every kernel once, on fresh maps.</param>
    /// <exception cref="InvalidOperationException">A kernel found something new in maps whose history holds all of them.</exception>
    public static IEnumerable<Measurement> Measure(int rounds = 1501)
    {
        foreach (Measurement measurement in Measure("sparse", 0.01, 9.9, 4.5, rounds))
        {
            yield return measurement;
        }

        foreach (Measurement measurement in Measure("dense", 0.30, 6.1, 3.2, rounds))
        {
            yield return measurement;
        }
    }

    private static Measurement[] Measure(string density, double hitShare, double peerNovelty, double peerAbsorb, int rounds)
    {
        using var maps = new CounterMaps(MapLength, Maps, MapsTimed, hitShare, seed: 1);
        for (int batch = 0; batch < Maps / MapsTimed; batch++)
        {
            maps.NextBatch();
            for (int map = 0; map < MapsTimed; map++)
            {
                History.Absorb(maps.Near(map), maps.History);
            }
        }

        Kernel[] kernels =
        [
            static (counters, history) => History.HasNovelty(counters, history) ? 1 : 0,
            static (counters, history) => ScalarKernel.HasNovelty<ClassMaskRule>(
                ref MemoryMarshal.GetReference(counters), ref MemoryMarshal.GetReference(history), (nuint)counters.Length) ? 1 : 0,
            static (counters, history) => (int)History.Absorb(counters, history),
            static (counters, history) => (int)ScalarKernel.Absorb<ClassMaskRule>(
                ref MemoryMarshal.GetReference(counters), ref MemoryMarshal.GetReference(history), (nuint)counters.Length),
        ];
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            foreach (Kernel kernel in kernels)
            {
                Rate(maps, kernel);
            }
        }

        double[][] rates = [.. kernels.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int kernel = 0; kernel < kernels.Length; kernel++)
            {
                rates[kernel][round] = Rate(maps, kernels[kernel]);
            }
        }

        double[] median = [.. rates.Select(Median)];
        bool wide = Lanes512.IsSupported;
        return
        [
            new($"feedback.novelty.{density}", median[0], "GB/s", wide ? 60 : null, HigherIsBetter: true),
            new($"feedback.novelty.{density}.scalar", median[1], "GB/s", TwinShare * peerNovelty, HigherIsBetter: true),
            new($"feedback.novelty.{density}.ratio", median[0] / median[1], "x", wide ? 6 : null, HigherIsBetter: true),
            new($"feedback.absorb.{density}", median[2], "GB/s", wide ? 35 : null, HigherIsBetter: true),
            new($"feedback.absorb.{density}.scalar", median[3], "GB/s", TwinShare * peerAbsorb, HigherIsBetter: true),
            new($"feedback.absorb.{density}.ratio", median[2] / median[3], "x", wide ? 6 : null, HigherIsBetter: true),
        ];
    }

    private static double Rate(CounterMaps maps, Kernel kernel)
    {
        maps.NextBatch();
        Span<byte> history = maps.History;
        int found = 0;
        long start = Stopwatch.GetTimestamp();
        for (int map = 0; map < MapsTimed; map++)
        {
            found += kernel(maps.Near(map), history);
        }

        // Not as a TimeSpan, whose 100 ns are 4 % of such a call.
        double nanoseconds = (Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency);
        return found == 0
            ? MapsTimed * MapLength / nanoseconds
            : throw new InvalidOperationException($"{found} of {MapsTimed} maps have novelty, though the history holds them all");
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
