using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.Comparisons;

/// <summary>Comparisons of sequences in callbacks of the user's, and in the value profile.</summary>
[Collection(nameof(ValueProfile))]
public sealed class SequenceCallbackTests
{
    private const string Source = """
        public static class Code
        {
            public static object Text(string a, string b) => a == b;
            public static object Bytes(byte[] a, byte[] b) => System.MemoryExtensions.SequenceEqual<byte>(a, b);
            public static object Word(string a) { switch (a) { case "alpha": return 1; case "bravo": return 2; case "gamma": return 3; case "delta": return 4; case "omega": return 5; case "kappa": return 6; case "sigma": return 7; default: return 0; } }
            public static object Number(int a) => a == 1000;
            public static object Parse(string a) => int.TryParse(a, out int b) ? b : -1;
        }
        """;

    private static readonly string[] NearAndFar = ["right", "xight", "rxght", "rixht", "rixhx"];
    private static readonly string LongText = new('x', 100);

    [Fact]
    public void A_class_of_the_users_gets_both_sides_in_full()
    {
        TracedLibrary library = new(Compilation.Image("Callbacks", Source), Class(CallbackMethods.TraceCompareBytes | CallbackMethods.TraceCompareChars));

        object? equal = library.CallTraced("Text", LongText, "y");
        library.CallTraced("Bytes", new byte[] { 1, 2 }, Array.Empty<byte>());
        object? parsed = library.CallTraced("Parse", "42");

        Assert.Equal([$"chars {LongText}|y", "bytes 0102|", "chars 42|-12", "chars 42|12"], RecordedCompares.Take());
        Assert.Equal(false, equal);
        Assert.Equal(42, parsed);
    }

    [Fact]
    public void Callbacks_that_a_class_leaves_out_go_to_the_table()
    {
        TracedLibrary library = new(Compilation.Image("Callbacks", Source), Class(CallbackMethods.TraceCompareBytes));

        library.CallTraced("Text", "left", "right");
        library.CallTraced("Bytes", new byte[] { 1, 2 }, new byte[] { 3 });

        Assert.Equal(["bytes 0102|03"], RecordedCompares.Take());
        Assert.Equal(["left|right"], library.Compared());
    }

    [Fact]
    public void The_value_profile_sees_an_input_come_nearer()
    {
        using TemporaryFolder folder = new();
        CallbackClass profile = Edgewise.Hosting.Callbacks.CallbackClassFile.Read("Edgewise.Runtime!Edgewise.Runtime.ValueProfile", [folder.Path]);
        TracedLibrary library = new(Compilation.Image("Callbacks", Source), profile);
        ValueProfile.Reset();

        int[] counts = [.. NearAndFar.Select(input =>
        {
            library.CallTraced("Text", input, "right");
            return ValueProfile.Count;
        })];
        library.CallTraced("Number", 5);

        Assert.Equal([1, 2, 3, 4, 4], counts);
        Assert.Equal(6, ValueProfile.Count);
    }

    [Fact]
    public void A_host_tells_what_modules_compared()
    {
        Host.Install();
        TracedLibrary library = new(Compilation.Image("Hosted", Source.Replace("1000", "1001", StringComparison.Ordinal)));

        library.CallTraced("Text", "left", "right");

        CoverageModule module = Coverage.Modules.Last(module => module.Identity == library.Result.Points.Identity);
        RecentSequenceCompare compare = Assert.Single(module.RecentSequenceCompares());
        Assert.Equal("l\0e\0f\0t\0"u8, compare.Left);
        Assert.Equal((true, 8, 10), (compare.IsUtf16, compare.LeftLength, compare.RightLength));
        Assert.Equal(library.Result.Points.Sites[compare.Site].Pc, compare.Pc);
    }

    private static CallbackClass Class(CallbackMethods methods) => new(
        typeof(RecordedCompares).Assembly.GetName(), typeof(RecordedCompares).Namespace!, nameof(RecordedCompares), methods, typeof(RecordedCompares).Assembly.Location);
}
