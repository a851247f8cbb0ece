using System.Text.RegularExpressions;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Tests.Hosting;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.StackTypes;

/// <summary>What the analysis makes of C#, as the compiler emits it.</summary>
public sealed partial class CompiledMethodTests
{
    private const string Types = """
        using System;
        using System.Collections.Generic;
        using System.Reflection;
        using System.Threading.Tasks;

        public enum Small : byte { A, B }
        public enum Large : ulong { A, B }
        public struct Pair { public short First; public Small Second; public long Third; }
        public class Box<T> { public T Value; public T[] Values; public static T Shared; public enum Inner : sbyte { A } public Inner Tag; public T Get() => Value; }
        public class Item { public bool Flag; public ushort Count; public Item Next; public uint Number; public char Letter; }

        """;

    // Method and its sites.
    private static readonly (string Method, string Sites)[] Cases =
    [
        // Integers by what they were declared as.
        ("bool M(byte a, byte b) => a == b;", "ceq(Byte, Byte) Byte"),
        ("bool M(sbyte a, byte b) => a < b;", "clt(SByte, Byte) Int16"),
        ("bool M(short a, short b) => a > b;", "cgt(Int16, Int16) Int16"),
        ("bool M(char a) => a == 'x';", "ceq(Char, 120) Char"),
        ("bool M(byte a) => a == 300;", "ceq(Byte, 300) UInt16"),
        ("bool M(int a) => a == 3;", "ceq(Int32, 3) Int32"),
        ("bool M(uint a, uint b) => a < b;", "clt.un(UInt32, UInt32) UInt32"),
        ("bool M(long a) => a == 7;", "ceq(Int64, 7L) Int64"),
        ("bool M(ulong a) => a == 0xFFFFFFFF;", "ceq(UInt64, 4294967295L) UInt64"),
        ("bool M(nint a, nint b) => a == b;", "ceq(IntPtr, IntPtr) IntPtr"),
        ("bool M(nuint a) => a == 3;", "ceq(UIntPtr, 3N) UIntPtr"),
        ("bool M(bool a, bool b) => a == b;", "ceq(Boolean, Boolean) Boolean"),
        ("bool M(byte a, byte b) => (a & b) == 0;", "ceq(Byte, 0) Byte"),
        ("bool M(byte a, byte b) => a + b == 0;", "ceq(Int32, 0) Int32"),
        ("bool M(int a) => (byte)a == 9;", "ceq(Byte, 9) Byte"),
        // Floating point, objects, pointers.
        ("bool M(float a) => a < 0.5f;", "clt(Single, 0.5F) Single"),
        ("bool M(float a, double b) => a == b;", "ceq(Double, Double) Double"),
        ("bool M(object a, object b) => a == b;", "ceq(Object, Object) Object"),
        ("bool M(string a) => a == null;", "ceq(Object, Object) Object"),
        ("unsafe bool M(byte* a, byte* b) => a == b;", "ceq(UIntPtr, UIntPtr) UIntPtr"),
        ("unsafe bool M(byte* a) => *a == 1;", "ceq(Byte, 1) Byte"),
        ("unsafe bool M(delegate*<int, byte> a) => a(1) == 2;", "ceq(Byte, 2) Byte"),
        // Enumerations, of this module and of others.
        ("bool M(Small a) => a == Small.B;", "ceq(Byte, 1) Byte"),
        ("bool M(Large a) => a == Large.B;", "ceq(UInt64, 1L) UInt64"),
        ("bool M(Box<string>.Inner a, Box<string>.Inner b) => a == b;", "ceq(SByte, SByte) SByte"),
        ("bool M(DayOfWeek a, DayOfWeek b) => a == b;", "ceq(Int32, Int32) Int32"),
        ("bool M(System.Diagnostics.Tracing.EventChannel a, System.Diagnostics.Tracing.EventChannel b) => a == b;", "ceq(Byte, Byte) Byte"),
        // Fields, elements, references.
        ("bool M(Item a) => a.Next.Count == 2;", "ceq(UInt16, 2) UInt16"),
        ("bool M(Pair a) => a.Second == Small.A;", "ceq(Byte, 0) Byte"),
        ("bool M(ref Pair a) => a.Third == a.First;", "ceq(Int64, Int64) Int64"),
        ("bool M(ref bool a, ref bool b) => a == b;", "ceq(Boolean, Boolean) Boolean"),
        ("bool M(ref char a, ref uint b) => a == b;", "ceq(Char, UInt32) UInt32"),
        ("bool M(bool[] a, int b) => a[b] == a[0];", "ldelem.u1(Object, Int32) Int32; ldelem.u1(Object, 0) Int32; ceq(Boolean, Boolean) Boolean"),
        ("int M(Pair[] a, int b) => a[b].First;", "ldelema(Object, Int32) Int32"),
        ("void M(Pair[] a, uint b, Pair c) => a[b] = c;", "stelem(Object, UInt32, ValueType) UInt32"),
        ("void M(int[] a, long b) => a[b] = 1;", "stelem.i4(Object, IntPtr, 1) IntPtr"),
        ("bool M(int[,] a, int b) => a[b, 1] == 4;", "ceq(Int32, 4) Int32"),
        // Type arguments put in.
        ("bool M(List<byte> a, List<byte> b) => a[0] == b[1];", "ceq(Byte, Byte) Byte"),
        ("bool M(Span<char> a, int b) => a[b] == 'a';", "ceq(Char, 97) Char"),
        ("bool M(Dictionary<string, Small> a) => a[\"x\"] == Small.A;", "ceq(Byte, 0) Byte"),
        ("bool M(Box<ushort> a) => a.Value == a.Get();", "ceq(UInt16, UInt16) UInt16"),
        ("bool M(Box<List<short>> a) => a.Values[0][1] == Box<long>.Shared;", "ldelem.ref(Object, 0) Int32; ceq(Int64, Int64) Int64"),
        ("bool M(object a) => Id<sbyte>(1) == (sbyte)a;", "ceq(SByte, SByte) SByte"),
        ("bool M(Memory<byte> a) => a.Span[^1] == 0;", "ceq(Byte, 0) Byte"),
        ("bool M(KeyValuePair<int, char> a) => a.Value == a.Key;", "ceq(Char, Int32) Int32"),
        ("bool M((byte, char) a, (byte, char) b) => a.Item1 == b.Item1;", "ceq(Byte, Byte) Byte"),
        // Division.
        ("int M(int a, int b) => a / b;", "div(Int32, Int32) Int32"),
        ("int M(byte a, byte b) => a % b;", "rem(Byte, Byte) Int32"),
        ("ulong M(ulong a, uint b) => a / b;", "div.un(UInt64, UInt64) UInt64"),
        ("int M(int a) => a / 10;", "div(Int32, 10) Int32"),
        ("double M(double a, double b) => a / b;", "div(Double, Double) Double"),
        // Values that were chosen before: what is left is what holds both.
        ("bool M(bool c, int a) => a == (c ? 3 : 5);", "brtrue(Boolean) Boolean; ceq(Int32, Byte) Int32"),
        ("bool M(bool c, byte a, byte b) => a == (c ? b : 5);", "brtrue(Boolean) Boolean; ceq(Byte, Byte) Byte"),
        ("bool M(bool c, sbyte a, byte b) => a == (c ? b : 5);", "brtrue(Boolean) Boolean; ceq(SByte, Byte) Int16"),
        ("bool M(Item a, bool c) => (a.Flag && a.Next.Flag) == c;", "brfalse(Boolean) Boolean; ceq(Boolean, Boolean) Boolean"),
        ("bool M(bool c, string a, Item b) => (c ? (object)a : b) == null;", "brtrue(Boolean) Boolean; ceq(Object, Object) Object"),
        ("bool M(bool c, nint a) => a == (c ? a : 5);", "brtrue(Boolean) Boolean; ceq(IntPtr, IntPtr) IntPtr"),
        // Switches and tests.
        ("int M(Small a) { switch (a) { case Small.A: return 5; case Small.B: return 7; case (Small)2: return 9; default: return 0; } }", "switch(Byte) Byte"),
        ("int M(ulong a) => a != 0 ? 1 : 2;", "brtrue(UInt64) UInt64"),
        ("int M(Item a) => a != null ? 1 : 2;", "brtrue(Object) Object"),
        // Type parameters are boxed before they are compared.
        ("bool M<T>(T a) => a == null;", "ceq(Object, Object) Object"),
        ("bool M<T>(T a, T b) where T : class => a == b;", "ceq(Object, Object) Object"),
    ];

    private static readonly Lazy<byte[]> Image = new(Compile);

    public static TheoryData<string, string> Methods()
    {
        TheoryData<string, string> data = [];
        foreach ((string method, string sites) in Cases)
        {
            data.Add(method, sites);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Sites_have_the_types_of_the_source(string method, string sites)
    {
        using AssemblyFolders folders = new([RealAssemblies.FrameworkFolder]);
        using AnalysedModule module = new(Image.Value, AnalysedModule.ValueSites, new ReferencedTypes(folders.Open));

        module.Analyse(module.Find($"M{Array.FindIndex(Cases, known => known.Method == method)}"));

        Assert.Equal(sites, SiteText.Of(module));
    }

    private static byte[] Compile()
    {
        IEnumerable<string> methods = Cases.Select((known, index) => "    " + NameOfMethod().Replace(known.Method, $" M{index}$1", 1));
        return Compilation.Image("Subject", $"{Types}public class Subject\n{{\n    static T Id<T>(T value) => value;\n{string.Join('\n', methods)}\n}}");
    }

    [GeneratedRegex(@" M([(<])")]
    private static partial Regex NameOfMethod();
}
