using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary><c>indirect-calls</c>: which callees a user's callback is told, for each way in which .NET finds one.</summary>
public sealed class IndirectCallTests
{
    private static readonly Lazy<byte[]> Source = new(() => TracedLibrary.Compile(IndirectCallSamples.Source));
    private static readonly Lazy<TracedLibrary> Library = new(() =>
        new TracedLibrary(Source.Value, CoverageFeatures.IndirectCalls, CallbackMethods.TracePcIndir));

    [Theory]
    [InlineData("Overridden", "Base.Get, Derived.Get, Derived.Get")]
    [InlineData("NotVirtual", "")]
    [InlineData("Sealed", "Last.Get")]
    [InlineData("Interface", "Base.Do, Derived.Do, Point.Do")]
    [InlineData("Explicit", "Twice.Do, Twice.Do")]
    [InlineData("Default", "IDo.Greet, INew.Greet, Loud.Greet")]
    [InlineData("Covariant", "Derived.Make, Derived.Make")]
    [InlineData("Variance", "Words.Next")]
    [InlineData("GenericMethod", "Base.Pick, Derived.Pick, Derived.Pick")]
    [InlineData("GenericInterface", "Twice.Set, Twice.Set, Twice.Set, Twice.Set")]
    [InlineData("Constrained", "Point.Do, Base.Do, Point.Do, Base.Do")]
    [InlineData("Inherited", "ValueType.ToString, Derived.ToString, Point.GetHashCode, Derived.ToString")]
    [InlineData("OfNullable", "Nullable.ToString, Nullable.ToString, Nullable.GetHashCode, Nullable.Equals, Nullable.ToString, ValueType.ToString")]
    [InlineData("OfStructure", "")]
    [InlineData("Array", "SZArrayHelper.get_Item, List.get_Item")]
    [InlineData("Delegates", "Library.Static, Derived.Get, <>c__DisplayClass.Closure, Library.Static, Derived.Get, Base.Get")]
    [InlineData("OpenDelegate", "Base.Plain, ?")]
    [InlineData("Compiled", "?")]
    [InlineData("Pointers", "Library.Add, Library.Subtract, Library.Add, ?")]
    [InlineData("GenericPointer", "Holder.Name, Holder.Name")]
    [InlineData("Arguments", "Derived.Take, Derived.Take")]
    [InlineData("Null", "")]
    [InlineData("Loop", "Base.Get, Derived.Get, Base.Get, Derived.Get")]
    public void The_method_that_runs_is_told(string method, string callees)
    {
        string told = Library.Value.Run(method);

        Assert.Equal(callees, Shorten(told));
    }

    [Theory]
    [InlineData("Overridden", "Base.Get, Derived.Get")]
    [InlineData("Delegates", "<>c__DisplayClass.Closure, Base.Get, Derived.Get, Derived.Get, Library.Static, Library.Static")]
    [InlineData("GenericInterface", "Twice.Set, Twice.Set")]
    [InlineData("Constrained", "Base.Do, Point.Do")]
    [InlineData("Inherited", "Derived.ToString, Derived.ToString, Point.GetHashCode, System.Private.CoreLib.dll")]
    [InlineData("OfNullable", "System.Private.CoreLib.dll, System.Private.CoreLib.dll, System.Private.CoreLib.dll, System.Private.CoreLib.dll")]
    [InlineData("Pointers", "?, Library.Add, Library.Subtract")]
    [InlineData("Loop", "Base.Get, Derived.Get")]
    public void Without_a_class_of_the_users_the_runtime_keeps_each_pair_once(string method, string callees)
    {
        TracedLibrary library = new(Source.Value, CoverageFeatures.IndirectCalls, CallbackMethods.None);
        library.Run(method);

        Assert.Equal(callees, Shorten(CallPairText.Of(library)));
    }

    [Theory]
    [InlineData(CallbackMethods.None)]
    [InlineData(CallbackMethods.TracePcIndir)]
    public void Known_callees_cost_no_allocation(CallbackMethods callbacks)
    {
        TracedLibrary library = new(Source.Value, CoverageFeatures.IndirectCalls, callbacks);
        var work = library.Assembly.GetType("Library")!.GetMethod("Work")!.CreateDelegate<Action<int>>();
        work(100);

        long count = CallLog.Count;

        Assert.Equal(0, AllocatedBytes.LeastOfFive(() => work(100_000)));
        Assert.Equal(callbacks == CallbackMethods.None ? 0 : 5_000_000, CallLog.Count - count);
    }

    [Fact]
    public void What_a_collectible_library_calls_is_told_as_well()
    {
        TracedLibrary library = new(Source.Value, CoverageFeatures.IndirectCalls, CallbackMethods.TracePcIndir, isCollectible: true);

        Assert.Equal("Base.Do, Derived.Do, Point.Do", library.Run("Interface"));
        Assert.Equal("Base.Do, Derived.Do, Point.Do", library.Run("Interface"));
    }

    [Fact]
    public void Calls_that_need_no_look_up_are_counted_apart_from_those_that_are_traced()
    {
        FeatureSites sites = Assert.Single(Library.Value.Result.Sites);

        Assert.Equal("indirect-calls", sites.Feature);
        Assert.Equal(Library.Value.Result.Points.Sites.Length, sites.Traced);
        Assert.True(sites.NotTraced >= 2, $"{sites.NotTraced} direct calls");
    }

    // Names that the compiler numbers.
    private static string Shorten(string told) => System.Text.RegularExpressions.Regex.Replace(told, @"DisplayClass\d+_\d+\.<\w+>b__\d+", "DisplayClass.Closure");
}
