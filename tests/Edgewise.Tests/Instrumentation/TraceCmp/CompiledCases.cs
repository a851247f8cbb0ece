namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>C# methods, a call of each, and the callbacks that it makes, by the rules of docs/stack-types.md and LLVM's <c>trace-cmp</c>.</summary>
internal static class CompiledCases
{
    /// <summary>What the methods use.</summary>
    public const string Types = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics.Tracing;

        public enum E1 : sbyte { A = -1, B = 5 }
        public enum E2 : byte { A, B = 200 }
        public enum E3 : short { A = -2, B }
        public enum E4 : ushort { A, B = 40000 }
        public enum E5 { A, B = 7 }
        public enum E6 : uint { A, B = 4000000000 }
        public enum E7 : long { A, B = -9 }
        public enum E8 : ulong { A, B = 9 }
        public struct Pair { public byte First; public long Second; }
        """;

    /// <summary>Method M, the call, and the calls of callbacks in hexadecimal.</summary>
    public static IReadOnlyList<(string Method, string Call, string Expected)> All { get; } =
    [
        // Two values, of every integer type.
        ("bool M(int a, int b) => a == b;", "M(5, -7)", "Cmp4(5, fffffff9)"),
        ("bool M(uint a, uint b) => a < b;", "M(uint.MaxValue, 1)", "Cmp4(ffffffff, 1)"),
        ("bool M(byte a, byte b) => a == b;", "M(200, 3)", "Cmp1(c8, 3)"),
        ("bool M(sbyte a, sbyte b) => a > b;", "M(-1, 3)", "Cmp1(ff, 3)"),
        ("bool M(short a, short b) => a <= b;", "M(-2, 3)", "Cmp2(fffe, 3)"),
        ("bool M(ushort a, ushort b) => a >= b;", "M(65535, 3)", "Cmp2(ffff, 3)"),
        ("bool M(char a, char b) => a != b;", "M('a', 'b')", "Cmp2(61, 62)"),
        ("bool M(long a, long b) => a < b;", "M(-1, 2)", "Cmp8(ffffffffffffffff, 2)"),
        ("bool M(ulong a, ulong b) => a > b;", "M(1UL << 63, 2)", "Cmp8(8000000000000000, 2)"),
        ("bool M(nint a, nint b) => a == b;", "M(-3, 4)", "Cmp8(fffffffffffffffd, 4)"),
        ("bool M(nuint a, nuint b) => a == b;", "M(3, 4)", "Cmp8(3, 4)"),
        // With a constant, which comes first on either side.
        ("bool M(int a) => a < 7;", "M(-2)", "ConstCmp4(7, fffffffe)"),
        ("bool M(int a) => 7 < a;", "M(9)", "ConstCmp4(7, 9)"),
        ("bool M(uint a) => a == uint.MaxValue;", "M(5)", "ConstCmp4(ffffffff, 5)"),
        ("bool M(byte a) => a == 5;", "M(200)", "ConstCmp1(5, c8)"),
        ("bool M(sbyte a) => a == 5;", "M(-1)", "ConstCmp1(5, ff)"),
        ("bool M(sbyte a) => a == -3;", "M(-1)", "ConstCmp1(fd, ff)"),
        ("bool M(sbyte a) => -3 < a;", "M(7)", "ConstCmp1(fd, 7)"),
        ("bool M(short a) => a == 5;", "M(-2)", "ConstCmp2(5, fffe)"),
        ("bool M(short a) => a == 300;", "M(-2)", "ConstCmp2(12c, fffe)"),
        ("bool M(short a) => a == -300;", "M(-2)", "ConstCmp2(fed4, fffe)"),
        ("bool M(ushort a) => a == 40000;", "M(1)", "ConstCmp2(9c40, 1)"),
        ("bool M(char a) => a == 'x';", "M('a')", "ConstCmp2(78, 61)"),
        ("bool M(long a) => a == 7;", "M(-1)", "ConstCmp8(7, ffffffffffffffff)"),
        ("bool M(long a) => a == -1;", "M(5)", "ConstCmp8(ffffffffffffffff, 5)"),
        ("bool M(long a) => a == 0x123456789A;", "M(5)", "ConstCmp8(123456789a, 5)"),
        ("bool M(ulong a) => a == ulong.MaxValue;", "M(1)", "ConstCmp8(ffffffffffffffff, 1)"),
        ("bool M(ulong a) => a > 0xFFFFFFFF;", "M(1)", "ConstCmp8(ffffffff, 1)"),
        ("bool M(nint a) => a == 5;", "M(-4)", "ConstCmp8(5, fffffffffffffffc)"),
        // Values of two types: the smallest that holds both.
        ("bool M(byte a, char b) => a == b;", "M(200, 'a')", "Cmp2(c8, 61)"),
        ("bool M(sbyte a, byte b) => a < b;", "M(-1, 200)", "Cmp2(ffff, c8)"),
        ("bool M(byte a, int b) => a == b;", "M(200, -7)", "Cmp4(c8, fffffff9)"),
        ("bool M(byte a) => a == 300;", "M(200)", "ConstCmp2(12c, c8)"),
        ("bool M(int a, long b) => a == b;", "M(-7, 5)", "Cmp8(fffffffffffffff9, 5)"),
        ("bool M(uint a, long b) => a == b;", "M(uint.MaxValue, 5)", "Cmp8(ffffffff, 5)"),
        ("bool M(bool c, byte a, byte b) => a == (c ? b : 5);", "M(false, 9, 200)", "Cmp1(9, 5)"),
        ("bool M(bool c, sbyte a, sbyte b) => a == (c ? b : 5);", "M(true, 9, -2)", "Cmp1(9, fe)"),
        ("bool M(bool c, int a) => a == (c ? 3 : 5);", "M(true, 9)", "Cmp4(9, 3)"),
        // What arithmetic leaves.
        ("bool M(byte a, byte b) => a + b == 5;", "M(200, 100)", "ConstCmp4(5, 12c)"),
        ("bool M(byte a, byte b) => (a & b) == 0;", "M(200, 64)", "ConstCmp1(0, 40)"),
        ("bool M(byte a, byte b) => (a ^ b) == 3;", "M(1, 2)", "ConstCmp1(3, 3)"),
        ("bool M(int a) => (byte)a == 9;", "M(0x1234)", "ConstCmp1(9, 34)"),
        ("bool M(int a) => (sbyte)a == 9;", "M(0x12F4)", "ConstCmp1(9, f4)"),
        ("bool M(byte a) => a >> 1 == 3;", "M(200)", "ConstCmp4(3, 64)"),
        ("bool M(int a) => -a == 3;", "M(5)", "ConstCmp4(3, fffffffb)"),
        // Enumerations.
        ("bool M(E1 a) => a == E1.B;", "M(E1.A)", "ConstCmp1(5, ff)"),
        ("bool M(E2 a) => a == E2.B;", "M(E2.A)", "ConstCmp1(c8, 0)"),
        ("bool M(E3 a, E3 b) => a == b;", "M(E3.A, E3.B)", "Cmp2(fffe, ffff)"),
        ("bool M(E4 a) => a == E4.B;", "M(E4.B)", "ConstCmp2(9c40, 9c40)"),
        ("bool M(E5 a) => a == E5.B;", "M(E5.A)", "ConstCmp4(7, 0)"),
        ("bool M(E6 a) => a == E6.B;", "M(E6.B)", "ConstCmp4(ee6b2800, ee6b2800)"),
        ("bool M(E7 a) => a == E7.B;", "M(E7.B)", "ConstCmp8(fffffffffffffff7, fffffffffffffff7)"),
        ("bool M(E8 a, E8 b) => a < b;", "M(E8.A, E8.B)", "Cmp8(0, 9)"),
        // Enumerations of assemblies that are not at hand: the other side tells their width, or nobody does.
        ("bool M(EventKeywords a, long b) => (long)a == b;", "M((EventKeywords)(-2), 5)", "Cmp8(fffffffffffffffe, 5)"),
        ("bool M(EventKeywords a, long b) => b == (long)a;", "M((EventKeywords)(1L << 40), 5)", "Cmp8(5, 10000000000)"),
        ("bool M(EventKeywords a) => (long)a == 3;", "M((EventKeywords)(-2))", "ConstCmp8(3, fffffffffffffffe)"),
        ("bool M(DayOfWeek a, int b) => b == (int)a;", "M(DayOfWeek.Friday, -1)", "Cmp4(ffffffff, 5)"),
        ("bool M(DayOfWeek a) => a == DayOfWeek.Friday;", "M(DayOfWeek.Sunday)", "ConstCmp4(5, 0)"),
        ("bool M(DayOfWeek a, DayOfWeek b) => a == b;", "M(DayOfWeek.Sunday, DayOfWeek.Monday)", ""),
        // Floating point as bits.
        ("bool M(float a, float b) => a < b;", "M(1.5f, -0f)", "Cmp4(3fc00000, 80000000)"),
        ("bool M(double a, double b) => a == b;", "M(1.5, -2)", "Cmp8(3ff8000000000000, c000000000000000)"),
        ("bool M(float a) => a >= 0.5f;", "M(1.5f)", "ConstCmp4(3f000000, 3fc00000)"),
        ("bool M(double a) => 0.5 < a;", "M(1.5)", "ConstCmp8(3fe0000000000000, 3ff8000000000000)"),
        ("bool M(double a) => a == double.NaN;", "M(double.PositiveInfinity)", "ConstCmp8(fff8000000000000, 7ff0000000000000)"),
        ("bool M(float a, double b) => a == b;", "M(1.5f, -2)", "Cmp8(3ff8000000000000, c000000000000000)"),
        // Not numbers in the source.
        ("bool M(bool a, bool b) => a == b;", "M(true, false)", ""),
        ("int M(bool a) { if (a) return 1; return 2; }", "M(true)", ""),
        ("bool M(object a, object b) => a == b;", "M(\"\", null)", ""),
        ("bool M(string a) => a is null;", "M(\"\")", ""),
        ("unsafe bool M(int* a, int* b) => a == b;", "M((int*)4, (int*)8)", ""),
        ("unsafe bool M(void* a) { if (a != null) return true; return false; }", "M((void*)4)", ""),
        ("bool M(decimal a) => a == 3;", "M(3)", ""),
        ("bool M(int? a) => a is null;", "M(3)", ""),
        // Where values come from.
        ("unsafe bool M(byte a) { byte* p = &a; return *p == 1; }", "M(200)", "ConstCmp1(1, c8)"),
        ("bool M(short[] a) => a[0] == a[1];", "M(new short[] { -1, 2 })", "Cmp2(ffff, 2)"),
        ("bool M(List<byte> a) => a[0] == a[1];", "M(new List<byte> { 200, 2 })", "Cmp1(c8, 2)"),
        ("bool M(Pair a) => a.First == a.Second;", "M(new Pair { First = 200, Second = -1 })", "Cmp8(c8, ffffffffffffffff)"),
        ("bool M(ref char a, ref uint b) => a == b;", "{ char c = 'a'; uint u = 9; M(ref c, ref u); }", "Cmp4(61, 9)"),
        // Conditions, short circuits, loops.
        ("int M(int a) { if (a != 0) return 1; return 2; }", "M(5)", "ConstCmp4(0, 5)"),
        ("int M(byte a) { if (a == 0) return 1; return 2; }", "M(200)", "ConstCmp1(0, c8)"),
        ("int M(long a) { if (a == 0) return 1; return 2; }", "M(-1)", "ConstCmp8(0, ffffffffffffffff)"),
        ("int M(int a) { int n = 0; while (a-- > 0) n++; return n; }", "M(2)", "ConstCmp4(0, 2); ConstCmp4(0, 1); ConstCmp4(0, 0)"),
        ("int M(int a) { int n = 0; for (int i = 0; i < a; i++) n += i; return n; }", "M(2)", "Cmp4(0, 2); Cmp4(1, 2); Cmp4(2, 2)"),
        ("bool M(int a, int b) => a > 3 && b < 3;", "M(2, 1)", "ConstCmp4(3, 2)"),
        ("bool M(int a, int b) => a > 3 && b < 4;", "M(5, 1)", "ConstCmp4(3, 5); ConstCmp4(4, 1)"),
        ("bool M(int a) => a is > 5 and < 10;", "M(7)", "ConstCmp4(5, 7); ConstCmp4(a, 7)"),
        ("int M(int a, int b) => Math.Max(a == b ? 1 : 2, a < b ? 3 : 4);", "M(5, 6)", "Cmp4(5, 6); Cmp4(5, 6)"),
        // Exceptions.
        (
            "int M(int a, int b) { try { if (a == 1) throw new Exception(); return 0; } catch (Exception) when (b == 2) { return b < 3 ? 4 : 5; } finally { if (a > b) a++; } }",
            "M(1, 2)",
            "ConstCmp4(1, 1); ConstCmp4(2, 2); ConstCmp4(3, 2); Cmp4(1, 2)"),
        (
            "int M(int a) { int n = 0; for (int i = 0; i < 2; i++) { try { n += 6 / a; } catch (DivideByZeroException) { if (a <= i) n++; } } return n; }",
            "M(0)",
            "ConstCmp4(2, 0); Cmp4(0, 0); ConstCmp4(2, 1); Cmp4(0, 1); ConstCmp4(2, 2)"),
        // Switches, dense ones with what the compiler subtracted added back.
        ("int M(int a) { switch (a) { case 0: return 10; case 1: return 20; case 2: return 30; default: return 40; } }", "M(1)", "Switch(1, 32: 0 1 2)"),
        ("int M(int a) { switch (a) { case 10: return 10; case 11: return 20; case 12: return 30; case 13: return 50; default: return 40; } }", "M(5)", "Switch(5, 32: a b c d)"),
        (
            "int M(int a) { switch (a) { case -2: return 10; case -1: return 20; case 0: return 30; case 1: return 50; default: return 40; } }",
            "M(-2)",
            "Switch(fffffffe, 32: 0 1 fffffffe ffffffff)"),
        ("int M(char a) { switch (a) { case 'a': return 10; case 'b': return 20; case 'c': return 30; case 'd': return 50; default: return 40; } }", "M('b')", "Switch(62, 32: 61 62 63 64)"),
        ("int M(E2 a) { switch (a) { case (E2)0: return 5; case (E2)1: return 7; case (E2)2: return 9; default: return 0; } }", "M(E2.B)", "Switch(c8, 32: 0 1 2)"),
        // With gaps.
        ("int M(int a) { switch (a) { case 1: return 10; case 100: return 20; case 1000: return 30; default: return 40; } }", "M(100)", "Switch(64, 32: 1 64 3e8)"),
        ("int M(int a) { switch (a) { case -5: return 10; case 100: return 20; case 1000: return 30; default: return 40; } }", "M(-5)", "Switch(fffffffb, 32: 64 3e8 fffffffb)"),
        (
            "int M(int a) { switch (a) { case 1: return 10; case 100: return 20; case 1000: return 30; case 3000: return 35; case 5000: return 36; case 7000: return 37; case 9000: return 38; case 11000: return 39; default: return 40; } }",
            "M(5001)",
            "Switch(1389, 32: 1 64 3e8 bb8 1388 1b58 2328 2af8)"),
        // Dense ones on 64 bits: C# checks the range of what is left first, and switches on its lower half.
        ("int M(long a) { switch (a) { case 0: return 10; case 1: return 11; case 2: return 12; case 3: return 13; default: return 40; } }", "M(2)", "Switch(2, 64: 0 1 2 3)"),
        ("int M(long a) { switch (a) { case 5: return 10; case 6: return 11; case 7: return 12; case 8: return 13; default: return 40; } }", "M(7)", "Switch(7, 64: 5 6 7 8)"),
        ("int M(long a) { switch (a) { case 5: return 10; case 6: return 11; case 7: return 12; case 8: return 13; default: return 40; } }", "M(4)", "Switch(4, 64: 5 6 7 8)"),
        (
            "int M(long a) { switch (a) { case 5: return 10; case 6: return 11; case 7: return 12; case 8: return 13; default: return 40; } }",
            "M((1L << 32) + 6)",
            "Switch(100000006, 64: 5 6 7 8)"),
        (
            "int M(long a) { switch (a) { case 5: return 10; case 6: return 11; case 7: return 12; case 8: return 13; default: return 40; } }",
            "M(long.MinValue)",
            "Switch(8000000000000000, 64: 5 6 7 8)"),
        (
            "int M(long a) { switch (a) { case -2: return 10; case -1: return 11; case 0: return 12; case 1: return 13; default: return 40; } }",
            "M(-1)",
            "Switch(ffffffffffffffff, 64: 0 1 fffffffffffffffe ffffffffffffffff)"),
        (
            "int M(long a) { switch (a) { case 0xFFFFFFFFFE: return 10; case 0xFFFFFFFFFF: return 11; case 0x10000000000: return 12; case 0x10000000001: return 13; default: return 40; } }",
            "M(0x10000000000)",
            "Switch(10000000000, 64: fffffffffe ffffffffff 10000000000 10000000001)"),
        (
            "int M(ulong a) { switch (a) { case 5: return 10; case 6: return 11; case 7: return 12; case 8: return 13; default: return 40; } }",
            "M(ulong.MaxValue)",
            "Switch(ffffffffffffffff, 64: 5 6 7 8)"),
        (
            "int M(ulong a) { switch (a) { case ulong.MaxValue - 3: return 10; case ulong.MaxValue - 2: return 11; case ulong.MaxValue - 1: return 12; case ulong.MaxValue: return 13; default: return 40; } }",
            "M(3)",
            "Switch(3, 64: fffffffffffffffc fffffffffffffffd fffffffffffffffe ffffffffffffffff)"),
        (
            "int M(ulong a) { switch (a) { case 4000000000: return 10; case 4000000001: return 11; case 4000000002: return 12; case 4000000003: return 13; default: return 40; } }",
            "M(4000000002)",
            "Switch(ee6b2802, 64: ee6b2800 ee6b2801 ee6b2802 ee6b2803)"),
        (
            "int M(nint a) { switch (a) { case -2: return 10; case -1: return 11; case 0: return 12; case 1: return 13; default: return 40; } }",
            "M(-2)",
            "Switch(fffffffffffffffe, 64: 0 1 fffffffffffffffe ffffffffffffffff)"),
        ("int M(nuint a) { switch (a) { case 5: return 10; case 6: return 11; case 7: return 12; case 8: return 13; default: return 40; } }", "M(9)", "Switch(9, 64: 5 6 7 8)"),
        (
            "int M(E7 a) { switch (a) { case (E7)(-9): return 10; case (E7)(-8): return 11; case (E7)(-7): return 12; case (E7)(-6): return 13; default: return 40; } }",
            "M(E7.B)",
            "Switch(fffffffffffffff7, 64: fffffffffffffff7 fffffffffffffff8 fffffffffffffff9 fffffffffffffffa)"),
        (
            "int M(long a) { switch (a) { case 5: return 10; case 6: return 11; case 7: return 12; case 8: return 13; case 10005: return 14; case 10006: return 15; case 10007: return 16; case 10008: return 17; default: return 40; } }",
            "M(10006)",
            "Switch(2716, 64: 5 6 7 8); Switch(2716, 64: 2715 2716 2717 2718)"),
        ("int M(long a) => (a * 3) switch { 5 => 1, 6 => 4, 7 => 8, 8 => 3, _ => -1 };", "M(2)", "Switch(6, 64: 5 6 7 8)"),
        // With gaps, on 64 bits.
        (
            "int M(long a) { switch (a) { case 1L << 40: return 10; case 1L << 42: return 11; case 1L << 44: return 12; default: return 40; } }",
            "M(1L << 42)",
            "Switch(40000000000, 64: 10000000000 40000000000 100000000000)"),
        (
            "int M(nint a) { switch (a) { case -20: return 10; case -1000: return 11; case 0: return 12; case 19999: return 13; default: return 40; } }",
            "M(-20)",
            "Switch(ffffffffffffffec, 64: 0 4e1f fffffffffffffc18 ffffffffffffffec)"),
        (
            "int M(nuint a) { switch (a) { case 4000000000: return 10; case 1000: return 11; case 0: return 12; case 19999: return 13; default: return 40; } }",
            "M(4000000000)",
            "Switch(ee6b2800, 64: 0 3e8 4e1f ee6b2800)"),
        ("bool M(nint a) => a is -5 or -1000 or 7 or 20000;", "M(-5)", "Switch(fffffffffffffffb, 64: 7 4e20 fffffffffffffc18 fffffffffffffffb)"),
        ("bool M(nint a) => a == -5 || a == -1000 || a == 20000 || a == 7;", "M(-1000)", "Switch(fffffffffffffc18, 64: 4e20 fffffffffffffc18 fffffffffffffffb)"),
        ("bool M(nuint a) => a == 5 || a == 1000 || a == 4000000000 || a == 7;", "M(4000000000)", "Switch(ee6b2800, 64: 5 3e8 ee6b2800)"),
    ];
}
