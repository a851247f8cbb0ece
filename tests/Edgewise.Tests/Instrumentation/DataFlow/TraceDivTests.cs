using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary><c>trace-div</c>.</summary>
public sealed class TraceDivTests
{
    private static readonly byte[] Image = Compilation.Image("Divisions", """
        public enum Small : byte { Three = 3 }
        public static class Divisions
        {
            public static int Int(int a, int b) => a / b;
            public static int Remainder(int a, int b) => a % b;
            public static uint Unsigned(uint a, uint b) => a / b;
            public static uint UnsignedRemainder(uint a, uint b) => a % b;
            public static long Long(long a, long b) => a / b;
            public static ulong UnsignedLong(ulong a, ulong b) => a % b;
            public static long Mixed(long a, int b) => a / b;
            public static int Native(int a, int b) => (int)((nint)a / (nint)b);
            public static int Bytes(byte a, byte b) => a / b;
            public static int Signed(sbyte a, sbyte b) => a % b;
            public static int Enum(int a, byte b) => a / (int)(Small)b;
            public static int Constant(int a) => a / 7 + a % 10;
            public static int ConstantAbove(int b) => 100 / b;
            public static double Double(double a, double b) => a / b % b;
            public static decimal Decimal(decimal a, decimal b) => a / b;
            public static int Nested(int a, int b) => a / (a / b) % b;
            public static int InACall(int a, int b) => System.Math.Max(a % b, a / b);
            public static int Gcd(int a, int b) { while (b != 0) { (a, b) = (b, a % b); } return a; }
            public static int Checked(int a, int b) { try { return a / b; } catch (System.DivideByZeroException) { return a % (b + 1); } }
            public static System.Func<int, int> Lambda(int b) => a => a / b;
            public static int Captured(int a, int b) => Lambda(b)(a);
        }
        """);

    // One load context for all: each takes a region of the map until it is collected.
    private static readonly FlowModule Recorded = new(Image, "Divisions", CoverageFeatures.TraceDiv, typeof(FlowRecorder));

    public static TheoryData<string, object[], string> Methods => new()
    {
        { "Int", [17, 5], "Div4 5" },
        { "Int", [17, -5], "Div4 -5" },
        { "Int", [17, 0], "Div4 0" },
        { "Int", [int.MinValue, -1], "Div4 -1" },
        { "Remainder", [17, 5], "Div4 5" },
        { "Unsigned", [17u, 0xFFFFFFF0u], "Div4 -16" },
        { "UnsignedRemainder", [17u, 3u], "Div4 3" },
        { "Long", [1L << 40, (1L << 33) + 1], "Div8 8589934593" },
        { "Long", [1L, 0L], "Div8 0" },
        { "UnsignedLong", [17UL, ulong.MaxValue], "Div8 -1" },
        { "Mixed", [17L, -3], "Div8 -3" },
        { "Native", [17, -3], "Div8 -3" },
        { "Bytes", [(byte)200, (byte)199], "Div4 199" },
        { "Signed", [(sbyte)100, (sbyte)-7], "Div4 -7" },
        { "Enum", [17, (byte)3], "Div4 3" },
        { "Constant", [17], "" },
        { "ConstantAbove", [9], "Div4 9" },
        { "Double", [17.0, 5.0], "" },
        { "Decimal", [17, 5], "" },
        { "Nested", [17, 5], "Div4 5; Div4 3; Div4 5" },
        { "InACall", [17, 5], "Div4 5; Div4 5" },
        { "Gcd", [48, 18], "Div4 18; Div4 12; Div4 6" },
        { "Checked", [17, 0], "Div4 0; Div4 1" },
        { "Captured", [17, 4], "Div4 4" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Divisors_that_are_no_constants_are_told_in_order(string method, object[] arguments, string expected)
    {
        Assert.Equal(expected, Recorded.Trace(method, [.. arguments.Select(argument => method == "Decimal" ? Convert.ToDecimal(argument, null) : argument)]));
    }

    [Fact]
    public void A_site_tells_where_the_division_stands_and_how_wide_it_is()
    {
        Recorded.Trace("Nested", 17, 5);

        Assert.Equal(["div 4", "div 4", "rem 4"], Recorded.RecordedSites());
    }

    [Fact]
    public void Without_a_callback_class_the_last_divisor_of_each_site_stands_in_the_table()
    {
        Host.Install();
        using FlowModule module = new(Image, "Divisions", CoverageFeatures.TraceDiv, null);

        module.Call("Int", 17, 4);
        module.Call("Int", 17, 5);
        module.Call("Long", 17L, -6L);

        Assert.Equal(
            ["Division 4: 5", "Division 8: 18446744073709551610"],
            module.Loaded.RecentCompares().Select(recent => $"{recent.Kind} {recent.Width}: {recent.Left}"));
    }

    [Fact]
    public void What_became_of_each_division_is_counted()
    {
        var sites = Assert.Single(Recorded.Result.Sites);

        Assert.Equal(("trace-div", 2, 2, 0), (sites.Feature, sites.NotTraced, sites.Redundant, sites.Skipped.Count));
        Assert.Equal(Recorded.Result.Points.Sites.Length, sites.Traced);
    }
}
