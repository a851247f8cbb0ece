using System.Globalization;
using System.Reflection;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Interpreter;

public sealed class CounterTruthTests
{
    private const int Seeds = 8;
    private const int Budget = 30_000;
    private const int LeastMethods = 200;

    private int _overflowing;

    [Theory]
    [InlineData(Pruning.None, CoverageFeatures.Inline8BitCounters)]
    [InlineData(Pruning.Exact, CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero)]
    public void Every_counter_and_every_recovered_block_of_real_methods_equals_what_an_interpreter_counts(Pruning pruning, CoverageFeatures features)
    {
        var options = new InstrumentationOptions { Pruning = pruning, Features = features, PruneEntry = pruning == Pruning.Exact };
        var differences = new List<string>();
        int methods = 0;
        int branching = 0;
        _overflowing = 0;
        foreach (string package in RealAssemblies.SmallPackages)
        {
            var subject = new Subject(RealAssemblies.Package(package), File.ReadAllBytes(RealAssemblies.Package(package)), options);
            var compared = new HashSet<MethodBase>();
            foreach (MethodInfo method in subject.StaticMethods())
            {
                Compare(subject, method, features, compared, differences);
            }

            methods += compared.Count;
            branching += compared.Count(method => subject.PointsOf(method)!.Value.BlockCount > 1);
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences\n{string.Join('\n', differences.Take(20))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{methods} methods, {branching} with branches; {_overflowing} counters passed 255");
        Assert.True(methods >= LeastMethods && branching >= LeastMethods, $"only {methods} methods were compared, {branching} of them with branches");
        Assert.True(_overflowing > 0, "no counter passed 255");
    }

    [Theory]
    [InlineData(Pruning.None, false)]
    [InlineData(Pruning.Exact, false)]
    [InlineData(Pruning.Exact, true)]
    public void Every_counter_and_every_recovered_block_of_hand_assembled_methods_equals_what_an_interpreter_counts(Pruning pruning, bool pruneEntry)
    {
        const CoverageFeatures Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero;
        var subject = new Subject("Hand.dll", HandAssembled.Image(), new InstrumentationOptions { Pruning = pruning, PruneEntry = pruneEntry, Features = Features });
        var differences = new List<string>();
        var compared = new HashSet<MethodBase>();

        foreach (MethodInfo method in subject.StaticMethods())
        {
            Compare(subject, method, Features, compared, differences);
        }

        Assert.Empty(differences);
        Assert.True(compared.Count >= 15, $"only {compared.Count} methods were compared");
    }

    private void Compare(Subject subject, MethodInfo method, CoverageFeatures features, HashSet<MethodBase> compared, List<string> differences)
    {
        var interpreter = new Interpreter(subject.Original, Budget);
        MethodBase real = subject.InInstrumented(method);
        for (int seed = 0; seed < Seeds; seed++)
        {
            if (Generated.Arguments(method, seed) is null)
            {
                return;
            }

            object? interpreted;
            try
            {
                // The first run fills what is filled once: class constructors, lazy fields. It also shows whether the method can be interpreted.
                interpreter.Run(method, Generated.Arguments(method, seed)!);
                RunReal(real, seed);
                interpreter.Reset();
                interpreted = interpreter.Run(method, Generated.Arguments(method, seed)!);
            }
            catch (NotInterpretableException)
            {
                return;
            }

            subject.Counters.Clear();
            object? returned = RunReal(real, seed);
            byte[] counters = subject.Counters.ToArray();
            if (Text(returned) != Text(interpreted))
            {
                differences.Add($"{method.DeclaringType}.{method.Name} seed {seed}: {Text(returned)} when run, {Text(interpreted)} when interpreted");
                continue;
            }

            CompareCounters(subject, interpreter, counters, features, compared, difference => differences.Add($"{method.DeclaringType}.{method.Name} seed {seed}: {difference}"));
        }
    }

    private void CompareCounters(
        Subject subject, Interpreter interpreter, byte[] counters, CoverageFeatures features, HashSet<MethodBase> compared, Action<string> report)
    {
        byte[] expected = new byte[counters.Length];
        bool[] ran = new bool[subject.Points.Blocks.Length];
        foreach ((MethodBase method, InterpretedBody body) in interpreter.Bodies)
        {
            if (body.Executions[0] == 0 || subject.PointsOf(method) is not { } entry)
            {
                continue;
            }

            compared.Add(method);
            foreach ((int block, long hits) in ExpectedCounters.Of(subject.Points, entry, body))
            {
                ran[block] |= hits > 0;
                int point = subject.Points.Blocks[block].Point;
                if (point >= 0)
                {
                    // Instances of a generic method share its counters.
                    long sum = expected[point] + hits;
                    _overflowing += sum > byte.MaxValue ? 1 : 0;
                    expected[point] = (features & CoverageFeatures.NeverZero) != 0 ? (byte)Math.Min(sum, byte.MaxValue) : unchecked((byte)sum);
                }
            }
        }

        CompareCovered(subject, counters, features, ran, report);
        int different = expected.AsSpan().CommonPrefixLength(counters);
        if (different < counters.Length)
        {
            PointMethod owner = subject.Points.Methods[subject.Points.MethodOfPoint(different)];
            report(string.Create(CultureInfo.InvariantCulture,
                $"point {different} of 0x{owner.Token:x8} at RVA {subject.Points.Pcs[different] - owner.Rva} counted {counters[different]}, expected {expected[different]}"));
        }
    }

    // What is recovered by implication is what ran, exceptions included; a counter that wrapped to zero would tell nothing.
    private static void CompareCovered(Subject subject, byte[] counters, CoverageFeatures features, bool[] ran, Action<string> report)
    {
        if ((features & CoverageFeatures.NeverZero) == 0)
        {
            return;
        }

        int different = subject.Points.CoveredBlocks(counters).AsSpan().CommonPrefixLength(ran);
        if (different < ran.Length)
        {
            PointMethod owner = Array.FindLast(subject.Points.Methods, method => method.FirstBlock <= different);
            report($"block {subject.Points.Blocks[different]} of 0x{owner.Token:x8} {(ran[different] ? "ran and is not recovered" : "did not run and is recovered")}");
        }
    }

    private static object? RunReal(MethodBase method, int seed)
    {
        try
        {
            return method.Invoke(null, Generated.Arguments(method, seed));
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        Exception exception => exception.GetType().FullName!,
        Array array => $"{array.GetType()}[{string.Join(',', array.Cast<object?>().Take(100).Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        string text => text,
        _ => value.GetType().FullName!,
    };
}
