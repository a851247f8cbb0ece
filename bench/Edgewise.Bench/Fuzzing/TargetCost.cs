using System.Runtime.CompilerServices;
using Edgewise.Bench.Timing;
using Edgewise.Hosting.Targets;

namespace Edgewise.Bench.Fuzzing;

/// <summary>What a call of a target costs before it does anything, by the shape of the target: nanoseconds, an input of 64 bytes.</summary>
internal static class TargetCost
{
    private const int Calls = 100;
    private const int UsualRounds = 101;
    private const double SpanGoal = 3;

    private static readonly byte[] Input = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];

    /// <summary>Takes all figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> say)
    {
        (string Name, string Method)[] shapes =
        [
            ("span", nameof(Span)), ("array", nameof(Array)), ("stream", nameof(OfStream)), ("string", nameof(Text)), ("value-task", nameof(Later)), ("values", nameof(Values)),
            ("record", nameof(Record)),
        ];
        Contender[] contenders = [.. shapes.Select(shape => Contender(shape.Name, shape.Method))];
        double[] times = Race.Run(contenders, options.Rounds(UsualRounds));
        return times.Select((time, i) => new Measurement($"targets.{shapes[i].Name}.ns", time / Calls, "ns", i == 0 ? SpanGoal : null));
    }

    private static Contender Contender(string name, string method)
    {
        FuzzTarget target = FuzzTarget.Bind(typeof(TargetCost).GetMethod(method, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!);
        FuzzTargetRun run = target.Run;
        return new Contender(name, () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                run(Input);
            }

            return Calls;
        }, []);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Span(ReadOnlySpan<byte> input) { }

    private static void Array(byte[] input) { }

    private static void OfStream(Stream input) { }

    private static void Text(string input) { }

    private static ValueTask<int> Later(byte[] input) => ValueTask.FromResult(input.Length);

    private static void Values(int a, long b, bool c, byte[] d) { }

    private static void Record(Point point) { }

    private sealed record Point(int X, int Y, string Name);
}
