using System.Reflection;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary><c>trace-pc-entry-exit</c>: every way into a method and out of it, in order.</summary>
public sealed class EntryExitTests
{
    private const CallbackMethods Callbacks = CallbackMethods.TracePcEntry | CallbackMethods.TracePcExit | CallbackMethods.TracePc;

    private static readonly Lazy<byte[]> Source = new(() => TracedLibrary.Compile(EntryExitSamples.Source));
    private static readonly Lazy<TracedLibrary> Library = new(() => new TracedLibrary(Source.Value, CoverageFeatures.TracePcEntryExit, Callbacks));
    private static readonly Lazy<TracedLibrary> Hand = new(() => new TracedLibrary(HandAssembled.Image(), CoverageFeatures.TracePcEntryExit, Callbacks, isHand: true));

    [Theory]
    [InlineData("Nested", ">Nested, >Inner, <Inner, <Nested")]
    [InlineData("Results", ">Results, >Sum, <Sum, >Place, <Place, >Part, <Part, >Pair, <Pair, >Same, <Same, >Same, <Same, <Results")]
    [InlineData("SeveralReturns", ">SeveralReturns, >Sign, <Sign, >Sign, <Sign, >Sign, <Sign, <SeveralReturns")]
    [InlineData("Catches", ">Catches, >Throws, <Throws, <Catches")]
    [InlineData("Filters", ">Filters, >Through, >Throws, >IsWanted, <IsWanted, <Throws, >Cleanup, <Cleanup, <Through, <Filters")]
    [InlineData("Rethrows", ">Rethrows, >Again, >Throws, <Throws, <Again, <Rethrows")]
    [InlineData("Fails", ">Fails, >Index, <Index, <Fails")]
    [InlineData("Constructs", ">Constructs, >.ctor, >.ctor, <.ctor, <.ctor, <Constructs")]
    [InlineData("Initializes", ">Initializes, >.ctor, <.ctor, >set_Depth, <set_Depth, >get_Depth, <get_Depth, <Initializes")]
    [InlineData("ConstructorFails", ">ConstructorFails, >.ctor, <.ctor, <ConstructorFails")]
    [InlineData("Iterates", ">Iterates, >Count, >.ctor, <.ctor, <Count, >System.Collections.Generic.IEnumerable<System.Int32>.GetEnumerator, <System.Collections.Generic.IEnumerable<System.Int32>.GetEnumerator, >MoveNext, <MoveNext, >System.Collections.Generic.IEnumerator<System.Int32>.get_Current, <System.Collections.Generic.IEnumerator<System.Int32>.get_Current, >MoveNext, <MoveNext, >System.IDisposable.Dispose, <System.IDisposable.Dispose, <Iterates")]
    [InlineData("Awaits", ">Awaits, >Wait, >MoveNext, <MoveNext, <Wait, <Awaits")]
    [InlineData("OnStack", ">OnStack, >Fill, <Fill, <OnStack")]
    [InlineData("LoopsFromStart", ">LoopsFromStart, >Down, <Down, <LoopsFromStart")]
    public void Each_entry_and_exit_is_told_in_its_order(string method, string calls) => Assert.Equal(calls, Library.Value.Run(method));

    [Fact]
    public void The_entry_is_told_in_place_of_its_point_and_all_other_points_as_ever()
    {
        TracedLibrary library = new(Source.Value, CoverageFeatures.TracePcEntryExit | CoverageFeatures.TracePc, Callbacks, options => options with { Pruning = Pruning.Llvm, PruneEntry = true });

        Assert.Equal(">SeveralReturns, >Sign, Sign1, <Sign, >Sign, Sign3, <Sign, >Sign, Sign2, <Sign, SeveralReturns2, <SeveralReturns", library.Run("SeveralReturns"));
    }

    [Fact]
    public void A_tail_call_is_left_before_it_is_made() =>
        Assert.Equal(">IsEven, <IsEven, >IsOdd, <IsOdd, >IsEven, <IsEven", CallLog.Of(Hand.Value, () => Assert.Equal(1, Call(Hand.Value.Assembly, "IsEven", 2))));

    [Fact]
    public void Tail_calls_stay_tail_calls() => Assert.Equal(1, Call(Hand.Value.Assembly, "IsEven", 1_000_000));

    [Theory]
    [MemberData(nameof(HandAssembledNames))]
    public void Bodies_that_no_compiler_writes_do_as_before_and_each_entry_has_its_exit(string name)
    {
        Assembly original = new System.Runtime.Loader.AssemblyLoadContext("original").LoadFromStream(new MemoryStream(HandAssembled.Image()));
        foreach (int argument in (int[])[-1, 0, 1, 2, 7])
        {
            string result = "";
            string told = CallLog.Of(Hand.Value, () => result = Outcome(Hand.Value.Assembly, name, argument));

            Assert.Equal(Outcome(original, name, argument), result);
            Assert.True(told.Count(character => character == '>') == told.Count(character => character == '<') && told.StartsWith($">{name}", StringComparison.Ordinal), told);
        }
    }

    public static TheoryData<string> HandAssembledNames => [.. HandAssembled.Names.Where(name => name != "Endless")];

    private static string Outcome(Assembly assembly, string name, int argument)
    {
        try
        {
            return Call(assembly, name, argument).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception failure)
        {
            return failure.GetType().Name;
        }
    }

    private static int Call(Assembly assembly, string name, int argument) => assembly.GetType("Hand")!.GetMethod(name)!.CreateDelegate<Func<int, int>>()(argument);
}
