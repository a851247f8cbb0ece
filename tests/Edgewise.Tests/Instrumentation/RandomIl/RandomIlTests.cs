using System.Globalization;
using System.Reflection;
using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Instrumentation.Interpreter;
using Edgewise.Tests.Instrumentation.TraceCmp;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>Random methods under an interpreter, and the instrumented ones under the JIT: the same results, and the callbacks that the former's values ask for.</summary>
public sealed class RandomIlTests
{
    private const CoverageFeatures Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.TraceCmp | CoverageFeatures.TraceDiv | CoverageFeatures.TraceGep;
    private const int Runs = 4;
    private const int Budget = 60_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Results_and_callbacks_of_random_methods_are_those_of_an_interpreter(int seed) => Compare(seed, 200);

    [Fact]
    [Trait("Category", "Long")]
    public void So_they_are_for_thousands_of_methods()
    {
        for (int seed = 100; seed < 113; seed++)
        {
            Compare(seed, 300);
        }
    }

    private static void Compare(int seed, int count)
    {
        Host.Install();
        RandomModule module = new(seed, count);
        var recorded = new Subject($"{module.Name}.dll", module.Image, new InstrumentationOptions { Features = Features, Callbacks = RecordedCalls.Class, Pruning = Pruning.None });
        var tabled = new Subject($"{module.Name}.dll", module.Image, new InstrumentationOptions { Features = Features });
        CoverageModule table = Coverage.Modules.Last(loaded => loaded.Identity == tabled.Points.Identity);
        RandomComparison comparison = new(module, recorded);
        int compared = 0;
        int calls = 0;
        foreach (MethodInfo method in recorded.StaticMethods())
        {
            for (int run = 0; run < Runs; run++)
            {
                object?[] arguments = RandomArguments.Of(method, run);
                ExpectedCalls expected = new(module);
                object? interpreted = new Interpreter.Interpreter(recorded.Original, Budget, expected).Run(method, arguments);
                string place = $"seed {seed}, {method.Name}({string.Join(", ", arguments.Select(Text))})";

                RecordedCalls.Take();
                object? returned = Run(recorded.InInstrumented(method), arguments);
                List<TracedCall> found = comparison.Normalize(RecordedCalls.Take());
                string difference = comparison.Difference(expected.Calls, found);
                Assert.True(
                    Text(returned) == Text(interpreted) && difference.Length == 0,
                    $"{place} is {Text(interpreted)}, {Text(returned)} when run, {Text(Run(method, arguments))} as it was; {difference}\n{RandomComparison.Listing(method)}");

                table.ResetCompares();
                Assert.Equal($"{place} = {Text(interpreted)}", $"{place} = {Text(Run(tabled.InInstrumented(method), arguments))}");
                string last = comparison.Last(table);
                Assert.True(comparison.Last(expected.Calls) == last, $"{place}: expected {comparison.Last(expected.Calls)}\nin the table, found {last}\n{RandomComparison.Listing(method)}");
                compared++;
                calls += found.Count;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {compared} runs, {module.Sites.Count} sites, {calls} callbacks");
        Assert.Equal(count * Runs, compared);
        Assert.True(calls > count * Runs, $"only {calls} callbacks");
    }

    private static object? Run(MethodBase method, object?[] arguments)
    {
        try
        {
            return method.Invoke(null, [.. arguments.Zip(method.GetParameters(), RandomArguments.Cast)]);
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        Exception exception => exception.GetType().Name,
        float number => float.IsNaN(number) ? "NaN" : BitConverter.SingleToUInt32Bits(number).ToString("x", CultureInfo.InvariantCulture),
        double number => double.IsNaN(number) ? "NaN" : BitConverter.DoubleToUInt64Bits(number).ToString("x", CultureInfo.InvariantCulture),
        Enum member => member.ToString("D"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
