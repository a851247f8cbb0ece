namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary>Methods that are left in every way.</summary>
internal static class EntryExitSamples
{
    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        public class Base { public int Value; public Base(int value) { if (value < 0) throw new ArgumentException(); Value = value; } }
        public class Derived : Base { public int Other = 3; public Derived(int value) : base(value + 1) { Other += value; } }
        public sealed class Options { private int _depth; public int Depth { get => _depth; init => _depth = value; } }
        public struct Both { public int Left; public long Right; }

        public static class Library
        {
            private static readonly int[] s_numbers = { 1, 2, 3 };

            private static void Check(bool condition) { if (!condition) throw new NotSupportedException("another result than expected"); }
            private static int s_inner;

            public static void Nested() => Inner();
            private static void Inner() => s_inner++;

            public static void Results()
            {
                if (Sum(1, 2) != 3) throw new NotSupportedException();
                Place(1)++;
                if (s_numbers[1] != 3) throw new NotSupportedException();
                s_numbers[1]--;
                if (Part(s_numbers, 2)[0] != 3) throw new NotSupportedException();
                if (Pair(4).Right != 5) throw new NotSupportedException();
                if (Same(5) != 5 || Same("5") != "5") throw new NotSupportedException();
            }

            private static int Sum(int a, int b) => a + b;
            private static ref int Place(int index) => ref s_numbers[index];
            private static ReadOnlySpan<int> Part(int[] all, int first) => new ReadOnlySpan<int>(all, first, 1);
            private static Both Pair(int left) { Both both; both.Left = left; both.Right = left + 1; return both; }
            private static T Same<T>(T value) => value;

            public static void SeveralReturns() { if (Sign(-5) + Sign(0) + Sign(7) != 0) throw new NotSupportedException(); }
            private static int Sign(int value) { if (value < 0) return -1; if (value > 0) return 1; return 0; }

            private static void Throws() => throw new InvalidOperationException();
            public static void Catches() { try { Throws(); } catch (InvalidOperationException) { } }

            private static bool IsWanted(Exception e) => e is InvalidOperationException;
            private static void Cleanup() => s_inner--;
            private static void Through() { try { Throws(); } finally { Cleanup(); } }
            public static void Filters() { try { Through(); } catch (Exception e) when (IsWanted(e)) { } }

            private static void Again() { try { Throws(); } catch (InvalidOperationException) { throw; } }
            public static void Rethrows() { try { Again(); } catch (InvalidOperationException) { } }

            private static int Index(int[] all, int index) => all[index];
            public static void Fails() { try { Index(s_numbers, 3); } catch (IndexOutOfRangeException) { } }

            public static void Constructs() { if (new Derived(4).Other + new object().GetHashCode() * 0 != 7) throw new NotSupportedException(); }
            public static void Initializes() { if (new Options { Depth = 6 }.Depth != 6) throw new NotSupportedException(); }
            public static void ConstructorFails() { try { new Base(-1); } catch (ArgumentException) { } }

            private static IEnumerable<int> Count(int limit) { for (int i = 0; i < limit; i++) yield return i; }
            public static void Iterates() { foreach (int number in Count(1)) s_inner += number; }

            private static async Task<int> Wait() { await Task.CompletedTask; return 5; }
            public static void Awaits() { if (Wait().Result != 5) throw new NotSupportedException(); }

            private static int Fill(int count) { Span<int> all = stackalloc int[count]; all.Fill(3); return all[count - 1]; }
            public static void OnStack() { if (Fill(9) != 3) throw new NotSupportedException(); }

            private static int Down(int number) { do { number--; } while (number > 0); return number; }
            public static void LoopsFromStart() { if (Down(5) != 0) throw new NotSupportedException(); }
        }
        """;
}
