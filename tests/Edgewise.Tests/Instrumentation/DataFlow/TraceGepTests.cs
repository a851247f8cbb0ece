using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary><c>trace-gep</c>.</summary>
public sealed class TraceGepTests
{
    private static readonly byte[] Image = Compilation.Image("Indices", """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Text;
        public enum Place : byte { Second = 1 }
        public struct Pair { public int A; public object B; public override string ToString() => A + "/" + B; }
        public static class Indices
        {
            public static int Load(int i) => new[] { 1, 2, 3 }[i];
            public static int LoadConstant() => new[] { 1, 2, 3 }[1];
            public static string Object(int i) => new[] { "a", "b" }[i];
            public static int FromEnd(int n) { var a = new[] { 1, 2, 3 }; return a[^n]; }
            public static int Long(long i) => new[] { 1, 2, 3 }[i];
            public static int Unsigned(uint i) => new[] { 1, 2, 3 }[i];
            public static int Byte(byte i) => new[] { 1, 2, 3 }[i];
            public static int Enum(int i) => new[] { 1, 2, 3 }[(int)(Place)i];
            public static int Native(int i) => new[] { 1, 2, 3 }[(nint)i];
            public static int Nothing(int i) { int[] a = null; return a[i]; }
            public static int Address(int i) { var a = new[] { 1, 2, 3 }; ref int r = ref a[i]; r = 7; return a[i]; }
            public static int Increment(int i) { var a = new[] { 1, 2, 3 }; a[i]++; return a[i]; }
            public static string StoreByte(int i) { var a = new byte[3]; a[i] = (byte)(i + 8); return string.Join(",", a); }
            public static string StoreChar(int i) { var a = new char[3]; a[i] = (char)(i + 'a'); return new string(a); }
            public static string StoreInt(int i) { var a = new int[3]; a[i] = i * 5; return string.Join(",", a); }
            public static string StoreLong(int i) { var a = new long[3]; a[i] = i * 5000000000L; return string.Join(",", a); }
            public static string StoreNative(int i) { var a = new nint[3]; a[i] = i; return string.Join(",", a); }
            public static string StoreFloat(int i) { var a = new float[3]; a[i] = i / 8f; return string.Join(",", a); }
            public static string StoreDouble(int i) { var a = new double[3]; a[i] = i / 8.0; return string.Join(",", a); }
            public static string StoreObject(int i) { var a = new object[3]; a[i] = "x" + i; return string.Join(",", a); }
            public static string StorePair(int i) { var a = new Pair[3]; a[i] = new Pair { A = i, B = "b" }; return string.Join(",", a); }
            public static string StoreDecimal(int i) { var a = new decimal[3]; a[i] = i / 8m; return string.Join(",", a); }
            public static string StoreNullable(int i) { var a = new int?[3]; a[i] = i; return string.Join(",", a); }
            public static string StoreEnum(int i) { var a = new Place[3]; a[i] = (Place)i; return string.Join(",", a); }
            public static string StoreBoolean(int i) { var a = new bool[3]; a[i] = i > 0; return string.Join(",", a); }
            public static unsafe string StorePointer(int i) { var a = new int*[3]; a[i] = (int*)i; return ((nint)a[1]).ToString(); }
            public static string StoreWrongType(int i) { object[] a = new string[3]; a[i] = 5; return ""; }
            static string Generic<T>(int i, T value) { var a = new T[3]; a[i] = value; return string.Join(",", a) + a[i]; }
            public static string GenericInt(int i) => Generic(i, 5);
            public static string GenericString(int i) => Generic(i, "s");
            public static string GenericPair(int i) => Generic(i, new Pair { A = 3 });
            public static int Plane(int i, int j) { var a = new int[2, 3]; a[i, j] = 5; return a[i, j] + a[1, j] + a[0, 1]; }
            public static int PlaneAddress(int i, int j) { var a = new int[2, 3]; ref int r = ref a[i, j]; r = 4; return a[j, i]; }
            public static string Cube(int i, int j, int k) { var a = new string[2, 2, 2]; a[i, j, k] = "c"; return a[k, 0, i] + a[i, j, k]; }
            public static int Jagged(int i, int j) { var a = new[] { new[] { 1 }, new[] { 2, 3 } }; return a[i][j]; }
            public static char String(int i) => "abc"[i];
            public static char StringConstant() => "abc"[1];
            public static char Builder(int i) { var b = new StringBuilder("abc"); b[i] = 'x'; return b[i]; }
            public static int Span(int i) { Span<int> s = stackalloc int[3]; s[i] = 5; return s[i]; }
            public static char ReadOnlySpan(int i) { ReadOnlySpan<char> s = "abc"; return s[i]; }
            public static string List(int i) { var l = new List<string> { "a", "b" }; l[i] = "c"; return l[i] + l[0]; }
            public static int Interface(int i) { IList<int> l = new List<int> { 1, 2 }; l[i] = 7; IReadOnlyList<int> r = new[] { 1, 2 }; return r[i] + l[i]; }
            public static int Immutable(int i) { var l = ImmutableArray.Create(1, 2); return l[i]; }
            public static int Dictionary(int i) { var d = new Dictionary<int, int> { [i] = 4 }; return d[i]; }
            public static int Sum(int n) { var a = new[] { 1, 2, 3 }; int s = 0; for (int i = 0; i < n; i++) { s += a[i]; } return s; }
        }
        """);

    // One load context for all: each takes a region of the map until it is collected.
    private static readonly FlowModule Recorded = new(Image, "Indices", CoverageFeatures.TraceGep, typeof(FlowRecorder));

    public static TheoryData<string, object[], string> Methods => new()
    {
        { "Load", [2], "Gep 2" },
        { "Load", [-1], "Gep -1" },
        { "Load", [3], "Gep 3" },
        { "LoadConstant", [], "" },
        { "Object", [1], "Gep 1" },
        { "FromEnd", [1], "Gep 2" },
        { "Long", [1L], "Gep 1" },
        { "Long", [1L << 40], "Gep 1099511627776" },
        { "Unsigned", [uint.MaxValue], "Gep -1" },
        { "Byte", [(byte)1], "Gep 1" },
        { "Enum", [1], "Gep 1" },
        { "Native", [-5], "Gep -5" },
        { "Nothing", [1], "Gep 1" },
        { "Address", [1], "Gep 1; Gep 1" },
        { "Increment", [2], "Gep 2; Gep 2" },
        { "StoreByte", [1], "Gep 1" },
        { "StoreChar", [1], "Gep 1" },
        { "StoreInt", [1], "Gep 1" },
        { "StoreInt", [4], "Gep 4" },
        { "StoreLong", [1], "Gep 1" },
        { "StoreNative", [2], "Gep 2" },
        { "StoreFloat", [1], "Gep 1" },
        { "StoreDouble", [1], "Gep 1" },
        { "StoreObject", [1], "Gep 1" },
        { "StorePair", [1], "Gep 1" },
        { "StoreDecimal", [1], "Gep 1" },
        { "StoreNullable", [1], "Gep 1" },
        { "StoreEnum", [1], "Gep 1" },
        { "StoreBoolean", [1], "Gep 1" },
        { "StorePointer", [1], "Gep 1" },
        { "StoreWrongType", [1], "Gep 1" },
        { "GenericInt", [1], "Gep 1; Gep 1" },
        { "GenericString", [2], "Gep 2; Gep 2" },
        { "GenericPair", [0], "Gep 0; Gep 0" },
        { "Plane", [1, 2], "Gep 1; Gep 2; Gep 1; Gep 2; Gep 2" },
        { "Plane", [2, 2], "Gep 2; Gep 2" },
        { "PlaneAddress", [1, 0], "Gep 1; Gep 0; Gep 0; Gep 1" },
        { "Cube", [1, 0, 1], "Gep 1; Gep 0; Gep 1; Gep 1; Gep 1; Gep 1; Gep 0; Gep 1" },
        { "Jagged", [1, 0], "Gep 1; Gep 0" },
        { "String", [2], "Gep 2" },
        { "String", [5], "Gep 5" },
        { "StringConstant", [], "" },
        { "Builder", [1], "Gep 1; Gep 1" },
        { "Span", [1], "Gep 1; Gep 1" },
        { "ReadOnlySpan", [1], "Gep 1" },
        { "List", [1], "Gep 1; Gep 1" },
        { "Interface", [1], "Gep 1; Gep 1; Gep 1" },
        { "Immutable", [1], "Gep 1" },
        { "Dictionary", [1], "" },
        { "Sum", [3], "Gep 0; Gep 1; Gep 2" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Indices_that_are_no_constants_are_told_in_order(string method, object[] arguments, string expected)
    {
        Assert.Equal(expected, Recorded.Trace(method, arguments));
    }

    [Fact]
    public void A_site_tells_where_the_index_is_used_and_how_wide_it_is()
    {
        Recorded.Trace("StoreInt", 1);
        Assert.Equal(["stelem.i4 4"], Recorded.RecordedSites());
        Recorded.Trace("Long", 1L);
        Assert.Equal(["ldelem.i4 8"], Recorded.RecordedSites());
        Recorded.Trace("Plane", 0, 0);
        Assert.Equal(["call 4", "call 4", "call 4", "call 4", "call 4"], Recorded.RecordedSites());
    }

    [Fact]
    public void Without_a_callback_class_the_last_index_of_each_site_stands_in_the_table()
    {
        using FlowModule module = new(Image, "Indices", CoverageFeatures.TraceGep, null);

        module.Call("Sum", 3);
        module.Call("Long", 1L);
        module.Call("Cube", 1, 0, 1);

        Assert.Equal(
            ["8: 1", "4: 1", "4: 0", "4: 1", "4: 1", "4: 1", "4: 1", "4: 0", "4: 1", "4: 2"],
            module.Loaded.RecentCompares().Select(recent => $"{recent.Width}: {recent.Left}"));
    }

    [Fact]
    public void Every_reachable_index_is_traced_or_a_constant()
    {
        var sites = Assert.Single(Recorded.Result.Sites);

        Assert.Empty(sites.Skipped);
        Assert.True(sites.Traced >= 50, $"{sites.Traced} traced");
    }
}
