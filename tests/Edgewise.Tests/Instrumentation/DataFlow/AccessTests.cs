using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary><c>trace-loads</c> and <c>trace-stores</c>: the recorder reads what lies at the address, so the address is the right one and the time before the access.</summary>
public sealed class AccessTests
{
    private static readonly byte[] Image = Compilation.Image("Accesses", """
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        public enum Small : short { Five = 5 }
        public struct Pair { public int A; public long B; }
        public ref struct Reference { public ref int Target; public int Own; }
        public class Generic<T> { public T Value; public int Number; public static int Shared; [ThreadStatic] public static int PerThread; }
        public class Data
        {
            public bool Flag; public byte B; public sbyte SB; public short S; public char C; public int I; public uint U; public long L; public nint N; public float F; public double D;
            public string Text; public Small Enum; public volatile int V; public readonly int R = 6; public decimal M; public Guid G; public DateTime When; public Pair P; public int? Maybe;
            public unsafe int* Pointer; public Int128 Huge;
        }
        public static unsafe class Accesses
        {
            static bool s_flag; static byte s_byte; static char s_char; static int s_int; static long s_long; static double s_double; static string s_text; static volatile int s_volatile;
            static readonly int s_readonly = Environment.ProcessorCount > 0 ? 3 : 4; static Guid s_guid; static Pair s_pair; [ThreadStatic] static int t_int;
            static ReadOnlySpan<byte> Bytes => new byte[] { 7, 8, 9 };
            static readonly Data D = new Data();

            static string T<U>(U value) => $"{value}";

            public static string Byte(byte v) { D.B = v; return T(D.B); }
            public static string SByte(sbyte v) { D.SB = v; return T(D.SB); }
            public static string Flag(bool v) { D.Flag = v; return T(D.Flag); }
            public static string Short(short v) { D.S = v; return T(D.S); }
            public static string Char(char v) { D.C = v; return T(D.C); }
            public static string Int(int v) { D.I = v; return T(D.I); }
            public static string Long(long v) { D.L = v; return T(D.L); }
            public static string Native(int v) { D.N = v; return T(D.N); }
            public static string Float(float v) { D.F = v; return T(D.F); }
            public static string Double(double v) { D.D = v; return T(D.D); }
            public static string Text(string v) { D.Text = v; return D.Text; }
            public static string Enum(short v) { D.Enum = (Small)v; return T(D.Enum); }
            public static string Volatile(int v) { D.V = v; return T(D.V); }
            public static int Readonly() => new Data().R;
            public static string Decimal() { D.M = 0.5m; return T(D.M); }
            public static string Guid() { D.G = new Guid(1, 0, 0, new byte[8]); return T(D.G); }
            public static long When(long v) { D.When = new DateTime(v); return D.When.Ticks; }
            public static string Huge(int v) { D.Huge = v; return T(D.Huge); }
            public static string Pointer() { D.Pointer = (int*)5; return T((nint)D.Pointer); }
            public static int Structure(int v) { D.P = new Pair { A = v }; return D.P.A; }
            public static string Nullable(int v) { D.Maybe = v; return T(D.Maybe); }
            public static int Nobody() { Data d = null; return d.I; }
            public static int NobodyStored(int v) { Data d = null; d.I = v; return 0; }
            public static int Inherited(int v) { var e = new Exception(); e.HResult = v; return e.HResult; }

            public static string StaticByte(byte v) { s_byte = v; return T(s_byte); }
            public static string StaticInt(int v) { s_int = v; return T(s_int); }
            public static string StaticLong(long v) { s_long = v; return T(s_long); }
            public static string StaticDouble(double v) { s_double = v; return T(s_double); }
            public static string StaticText(string v) { s_text = v; return s_text; }
            public static string StaticVolatile(int v) { s_volatile = v; return T(s_volatile); }
            public static string StaticPerThread(int v) { t_int = v; return T(t_int); }
            public static int StaticReadonly() => s_readonly;
            public static string StaticGuid() { s_guid = new Guid(2, 0, 0, new byte[8]); return T(s_guid); }
            public static int StaticStructure(int v) { s_pair = new Pair { A = v }; s_pair.A++; return s_pair.A; }
            public static int Constant() => int.MaxValue - (int)Math.PI;
            public static string GenericStatic(int v) { Generic<string>.Shared = v; Generic<int>.PerThread = v; return T(Generic<string>.Shared) + T(Generic<int>.PerThread); }
            static T Get<T>(Generic<T> g) => g.Value;
            static void Set<T>(Generic<T> g, T v) { g.Value = v; g.Number = 1; }
            public static int GenericField(int v) { var g = new Generic<int>(); Set(g, v); return Get(g); }
            public static int Instantiated(int v) { var g = new Generic<int>(); g.Value = v; return g.Value; }

            public static int Element(int i) { var a = new[] { 1, 2, 3 }; a[i] = 5; return a[i]; }
            public static int ByteElement(int i) { var a = new byte[] { 1, 2, 3 }; a[i] = 5; return a[i]; }
            public static int ShortElement(int i) { var a = new ushort[] { 1, 2, 3 }; a[i] = 5; return a[i]; }
            public static long LongElement(int i) { var a = new long[] { 1, 2, 3 }; a[i] = 5; return a[i]; }
            public static double DoubleElement(int i) { var a = new double[3]; a[i] = 5; return a[i]; }
            public static float FloatElement(int i) { var a = new float[3]; a[i] = 5; return a[i]; }
            public static string Covariant(int i) { object[] a = new string[3]; a[i] = "x"; a[2] = null; return T(a[2]); }
            public static string Mismatch(int i) { object[] a = new string[3]; a[i] = 5; return ""; }
            public static int WideIndex(long i) { var a = new[] { 1, 2, 3 }; a[i] = 5; return a[i]; }
            public static string GuidElement(int i) { var a = new Guid[3]; a[i] = new Guid(3, 0, 0, new byte[8]); return T(a[i]); }
            public static int EnumElement(int i) { var a = new Small[3]; a[i] = Small.Five; return (int)a[i]; }
            static T First<T>(T[] a) => a[0];
            public static string GenericElement() => First(new[] { "s" });
            public static int NoArray(int i) { int[] a = null; a[i] = 5; return 0; }

            public static int Indirect(int v) { int x = v; int* p = &x; *p = v + 1; return *p; }
            public static int IndirectSByte(int v) { sbyte x = 1; sbyte* p = &x; *p = (sbyte)v; return *p; }
            public static long IndirectLong(long v) { long* p = stackalloc long[1]; *p = v; return *p; }
            public static nint IndirectNative(int v) { nint* p = stackalloc nint[1]; *p = v; return *p; }
            public static double IndirectDouble(double v) { double* p = stackalloc double[1]; *p = v; return *p; }
            static void Assign(ref string text, out int length) { length = 7; text = length.ToString(); }
            public static string ByReference() { string t = null; Assign(ref t, out int length); return t; }
            public static string IndirectGuid() { Guid* p = stackalloc Guid[1]; *p = new Guid(4, 0, 0, new byte[8]); return T(*p); }
            public static int NullPointer() { try { ref int nothing = ref Unsafe.NullRef<int>(); return nothing; } catch (NullReferenceException) { return -1; } }
            public static int RefStruct(int v) { int x = v; var r = new Reference { Target = ref x, Own = 3 }; r.Target = v + 1; return r.Target + r.Own; }
            public static int OnTheStack(int v) => Make(v).A;
            static Pair Make(int v) { Pair p = default; p.A = v; return p; }
            public static int Data3(int i) { int s = 0; foreach (byte b in Bytes) { s += b; } return s; }
            public static int Argument(int v) { Pair p = new() { A = v }; return Sum(p) + Sum(in p); static int Sum(in Pair p) => p.A; }
        }
        """);

    // One load context for all: each takes a region of the map until it is collected.
    private static readonly FlowModule Recorded = new(Image, "Accesses", CoverageFeatures.TraceLoads | CoverageFeatures.TraceStores, typeof(FlowRecorder));

    public static TheoryData<string, object[], string> Methods => new()
    {
        { "Byte", [(byte)200], "Load8 ?; Store1 0; Load8 ?; Load1 -56" },
        { "SByte", [(sbyte)-3], "Load8 ?; Store1 0; Load8 ?; Load1 -3" },
        { "Flag", [true], "Load8 ?; Store1 0; Load8 ?; Load1 1" },
        { "Short", [(short)-300], "Load8 ?; Store2 0; Load8 ?; Load2 -300" },
        { "Char", ['x'], "Load8 ?; Store2 0; Load8 ?; Load2 120" },
        { "Int", [70000], "Load8 ?; Store4 0; Load8 ?; Load4 70000" },
        { "Long", [-5L], "Load8 ?; Store8 0; Load8 ?; Load8 -5" },
        { "Native", [-5], "Load8 ?; Store8 0; Load8 ?; Load8 -5" },
        { "Float", [1f], "Load8 ?; Store4 0; Load8 ?; Load4 1065353216" },
        { "Double", [0.0], "Load8 ?; Store8 0; Load8 ?; Load8 0" },
        { "Text", [null!], "Load8 ?; Store8 0; Load8 ?; Load8 0" },
        { "Enum", [(short)5], "Load8 ?; Store2 0; Load8 ?; Load2 5" },
        { "Volatile", [9], "Load8 ?; Store4 0; Load8 ?; Load4 9" },
        { "Readonly", [], "Store4 0; Load4 6" },
        { "Decimal", [], "Load8 ?; Store16 0; Load8 ?; Load16 92233720368547823616" },
        { "Guid", [], "Load8 ?; Store16 0; Load8 ?; Load16 1" },
        { "When", [4L], "Load8 ?; Store8 0; Load8 ?" },
        { "Huge", [-7], "Load8 ?; Store16 0; Load8 ?; Load16 -7" },
        { "Pointer", [], "Load8 ?; Store8 0; Load8 ?; Load8 5" },
        { "Structure", [3], "Load8 ?; Store4 0; Load8 ?; Load4 3" },
        { "Nullable", [3], "Load8 ?; Load8 ?" },
        { "Nobody", [], "" },
        { "NobodyStored", [3], "" },
        { "StaticByte", [(byte)9], "Store1 0; Load1 9" },
        { "StaticInt", [-9], "Store4 0; Load4 -9" },
        { "StaticLong", [-9L], "Store8 0; Load8 -9" },
        { "StaticDouble", [0.0], "Store8 0; Load8 0" },
        { "StaticText", [null!], "Store8 0; Load8 0" },
        { "StaticVolatile", [8], "Store4 0; Load4 8" },
        { "StaticPerThread", [8], "Store4 0; Load4 8" },
        { "StaticReadonly", [], "Load4 3" },
        { "StaticGuid", [], "Store16 0; Load16 2" },
        { "StaticStructure", [3], "Store4 0; Load4 3; Store4 3; Load4 4" },
        { "Constant", [], "" },
        { "GenericStatic", [5], "Store4 0; Store4 0; Load4 5; Load4 5" },
        { "GenericField", [5], "Store4 0" },
        { "Instantiated", [5], "Store4 0; Load4 5" },
        { "Element", [1], "Store4 2; Load4 5" },
        { "Element", [3], "" },
        { "ByteElement", [1], "Store1 2; Load1 5" },
        { "ShortElement", [1], "Store2 2; Load2 5" },
        { "LongElement", [1], "Store8 2; Load8 5" },
        { "DoubleElement", [1], "Store8 0; Load8 4617315517961601024" },
        { "FloatElement", [1], "Store4 0; Load4 1084227584" },
        { "Covariant", [1], "Store8 0; Store8 0; Load8 0" },
        { "Mismatch", [1], "Store8 0" },
        { "WideIndex", [1L], "Store4 2; Load4 5" },
        { "WideIndex", [1L << 35], "" },
        { "GuidElement", [1], "Store16 0; Load16 3" },
        { "EnumElement", [1], "Store2 0; Load2 5" },
        { "GenericElement", [], "Store8 0" },
        { "NoArray", [1], "" },
        { "Indirect", [4], "Store4 4; Load4 5" },
        { "IndirectSByte", [-4], "Store1 1; Load1 -4" },
        { "IndirectLong", [-4L], "Store8 0; Load8 -4" },
        { "IndirectNative", [-4], "Store8 0; Load8 -4" },
        { "IndirectDouble", [0.0], "Store8 0; Load8 0" },
        { "ByReference", [], "Store4 0; Store8 0" },
        { "IndirectGuid", [], "Store16 0; Load16 4" },
        { "RefStruct", [4], "Store4 0; Store4 4; Load4 5" },
        { "OnTheStack", [4], "Store4 0" },
        { "Data3", [0], "Load1 7; Load1 8; Load1 9" },
        { "Argument", [4], "Store4 0; Load4 4; Load4 4" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Addresses_are_told_before_they_are_loaded_from_or_stored_to(string method, object?[] arguments, string expected)
    {
        string actual = Recorded.Trace(method, arguments);

        AssertMatches(expected, actual);
    }

    [Theory]
    [InlineData(CoverageFeatures.TraceLoads, "Load4 5")]
    [InlineData(CoverageFeatures.TraceStores, "Store4 2")]
    public void Each_of_the_two_features_stands_alone(CoverageFeatures feature, string expected)
    {
        using FlowModule module = new(Image, "Accesses", feature, typeof(FlowRecorder));

        Assert.Equal(expected, module.Trace("Element", 1));
    }

    [Fact]
    public void A_site_tells_where_the_access_stands_and_how_wide_it_is()
    {
        Recorded.Trace("StaticLong", 0L);
        Assert.Equal(["stsfld 8", "ldsfld 8"], Recorded.RecordedSites());
        Recorded.Trace("ByteElement", 1);
        Assert.Equal(["stelem.i1 1", "ldelem.u1 1"], Recorded.RecordedSites());
        Recorded.Trace("Instantiated", 1);
        Assert.Equal(["stfld 4", "ldfld 4"], Recorded.RecordedSites());
    }

    [Fact]
    public void Nothing_is_inserted_where_nobody_listens_and_that_is_counted()
    {
        using FlowModule alone = new(Image, "Accesses", CoverageFeatures.TraceLoads | CoverageFeatures.TraceStores, null);
        using FlowModule some = new(Image, "Accesses", CoverageFeatures.TraceLoads | CoverageFeatures.TraceStores, typeof(FlowCounter));

        Assert.All(alone.Result.Sites, sites => Assert.Equal(0, sites.Traced));
        Assert.All(alone.Result.Sites, sites => Assert.True(sites.Skipped["NoCallback"] > 50, $"{sites.Feature}: {sites.Skipped["NoCallback"]}"));
        Assert.Empty(alone.Result.Points.Sites);
        Assert.All(some.Result.Points.Sites, site => Assert.Equal(4, site.Width));
        Assert.NotEmpty(some.Result.Points.Sites);
    }

    [Fact]
    public void Structures_and_type_parameters_whose_size_is_not_known_are_counted()
    {
        Assert.All(Recorded.Result.Sites, sites => Assert.Equal("UnknownSize", Assert.Single(sites.Skipped).Key));
    }

    // A question mark stands for a reference to an object that is there.
    private static void AssertMatches(string expected, string actual)
    {
        string[] wanted = expected.Split("; "), found = actual.Split("; ");
        bool matches = wanted.Length == found.Length
            && wanted.Zip(found).All(pair => pair.First.EndsWith('?') ? pair.Second.StartsWith(pair.First[..^1], StringComparison.Ordinal) && !pair.Second.EndsWith(" 0", StringComparison.Ordinal) : pair.First == pair.Second);
        Assert.True(matches, $"expected {expected}, but was {actual}");
    }
}
