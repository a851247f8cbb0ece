namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary>Methods that call in each way in which .NET finds a callee at run time.</summary>
internal static class IndirectCallSamples
{
    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;

        public interface IDo { int Do(); string Greet() => "hello"; }
        public interface INew : IDo { string IDo.Greet() => "good day"; }
        public interface ISet<T> { void Set(T value); }
        public interface INext<out T> { T Next(); }
        public interface INothing { }

        public class Base : IDo
        {
            public virtual int Get() => 1;
            public virtual int Do() => 2;
            public virtual object Make() => null;
            public virtual T Pick<T>(T one, T other) => one;
            public virtual string Take(int a, ref long b, in Point c, Span<int> d, double e, string f, int? g, object[] h, ref Span<byte> i) => "";
            public int Plain() => 3;
        }

        public class Derived : Base
        {
            public override int Get() => 10;
            public override int Do() => 20;
            public override string Make() => "";
            public override T Pick<T>(T one, T other) => other;
            public override string Take(int a, ref long b, in Point c, Span<int> d, double e, string f, int? g, object[] h, ref Span<byte> i) =>
                $"{a} {b++} {c.X} {d[1]} {e} {f} {g} {h.Length} {i.Length}";
            public override string ToString() => "derived";
        }

        public sealed class Last : Base { public override int Get() => 100; }
        public struct Point : IDo { public int X; public int Do() => 30; public override int GetHashCode() => 7; }
        public class Newer : Base, INew { }
        public class Loud : Base, IDo { public string Greet() => "HELLO"; }
        public class Words : INext<string> { public string Next() => "word"; }

        public class Twice : ISet<int>, ISet<string>, IDo
        {
            public int Sum;
            void ISet<int>.Set(int value) => Sum += value;
            void ISet<string>.Set(string value) => Sum += value.Length;
            int IDo.Do() => 5;
        }

        public static class Holder<T> { public static string Name() => "name"; }

        public static unsafe class Library
        {
            private static readonly Base[] All = { new Base(), new Derived(), new Derived() };
            private static readonly List<int> Numbers = new(new[] { 5 });
            private static readonly INext<object> Next = new Words();
            private static readonly Twice Target = new();
            private static readonly Func<int> Cached = Static;
            private static readonly Func<Base, int> Plain = typeof(Base).GetMethod("Plain").CreateDelegate<Func<Base, int>>();
            private static readonly Func<Base, int> Open = typeof(Base).GetMethod("Get").CreateDelegate<Func<Base, int>>();
            private static readonly Func<int> Several = (Func<int>)Static + All[1].Get;

            public static void Check(bool condition) { if (!condition) throw new InvalidOperationException("another result than expected"); }

            public static void Overridden() { int sum = 0; foreach (Base one in All) sum += one.Get(); Check(sum == 21); }
            public static void NotVirtual() => Check(All[0].Plain() == 3);
            public static void Sealed() => Check(new Last().Get() + new Words().Next().Length == 104);
            public static void Interface() { int sum = 0; foreach (IDo one in new IDo[] { All[0], All[1], new Point() }) sum += one.Do(); Check(sum == 52); }
            public static void Explicit() { IDo one = new Twice(); Check(one.Do() + one.Do() == 10); }
            public static void Default() { string all = ""; foreach (IDo one in new IDo[] { new Base(), new Newer(), new Loud() }) { string s = one.Greet(); all = string.Concat(all, s); } Check(all == "hellogood dayHELLO"); }
            public static void Covariant() { Check(All[1].Make() is ""); Check(((Derived)All[1]).Make() == ""); }
            public static void Variance() { INext<object> next = new Words(); Check((string)next.Next() == "word"); }
            public static void GenericMethod() { Check(All[0].Pick(1, 2) == 1); Check(All[1].Pick(1, 2) == 2); Check(All[1].Pick("a", "b") == "b"); }

            private static void SetTwice<T>(object target, T value) { for (int i = 0; i < 2; i++) ((ISet<T>)target).Set(value); }
            public static void GenericInterface() { Twice target = new(); SetTwice(target, 1); SetTwice(target, "1"); }

            [MethodImpl(MethodImplOptions.NoInlining)] private static int DoIt<T>(T one) where T : IDo => one.Do();
            public static void Constrained() { for (int i = 0; i < 2; i++) { Check(DoIt(new Point()) == 30); Check(DoIt(All[0]) == 2); } }

            [MethodImpl(MethodImplOptions.NoInlining)] private static int Hash<T>(T one) => one.GetHashCode();
            [MethodImpl(MethodImplOptions.NoInlining)] private static string Text<T>(T one) => one.ToString();
            public static void Inherited() { Check(Text(new Point()) == "Point"); Check(Text(All[1]) == "derived"); Check(Hash(new Point()) == 7); Check(((object)All[1]).ToString() == "derived"); }
            [MethodImpl(MethodImplOptions.NoInlining)] private static bool Same<T>(T one, object other) => one.Equals(other);
            public static void OfNullable()
            {
                Check(Text<int?>(5) == "5"); Check(Text<int?>(null) == ""); Check(Hash<int?>(6) == 6); Check(Same<int?>(7, 7)); Check(Text<long?>(8) == "8"); Check(Text(new Point()) == "Point");
            }

            public static void OfStructure() { Point p = default; Check(p.GetHashCode() == 7); Check(5.ToString() == "5"); }
            private static int First(IList<int> list) => list[0];
            public static void Array() { Check(First(new[] { 4 }) == 4); Check(First(Numbers) == 5); }

            public static int Static() => 6;
            public static int Add(int a, int b) => a + b;
            public static int Subtract(int a, int b) => a - b;
            public static void Delegates()
            {
                int local = 4;
                Func<int> closure = () => local;
                Func<int> bound = All[1].Get;
                Check(Cached() == 6); Check(bound() == 10); Check(closure() == 4); Check(Several() == 10);
                bound = All[0].Get;
                Check(bound() == 1);
            }

            public static void OpenDelegate()
            {
                Check(Plain(All[1]) == 3); Check(Open(All[1]) == 10);
            }

            public static void Compiled() => Check(Edgewise.Tests.Instrumentation.Calls.ForeignCode.Compiled() == 5);

            public static void Pointers()
            {
                delegate*<int, int, int> operation = &Add;
                for (int i = 0; i < 4; i++)
                {
                    Check(operation(5, 3) == (i % 2 == 0 ? 8 : 2));
                    operation = i == 0 ? &Subtract : i == 1 ? &Add : (delegate*<int, int, int>)Edgewise.Tests.Instrumentation.Calls.ForeignCode.Subtract;
                }
            }

            public static void GenericPointer()
            {
                delegate*<string> name = &Holder<int>.Name;
                Check(name() == "name");
                name = &Holder<string>.Name;
                Check(name() == "name");
            }

            public static void Arguments()
            {
                long b = 2; Span<int> d = stackalloc int[] { 3, 4 }; byte[] bytes = new byte[9]; Span<byte> i = bytes;
                for (int n = 0; n < 2; n++)
                    Check(All[1].Take(1 + n, ref b, new Point { X = 8 }, d, 0.5, "f", 6, new object[7], ref i) == $"{1 + n} {2 + n} 8 4 {0.5} f 6 7 9");
            }

            public static void Null()
            {
                Base none = null; Func<int> nobody = null;
                try { none.Get(); Check(false); } catch (NullReferenceException) { }
                try { nobody(); Check(false); } catch (NullReferenceException) { }
                try { DoIt(none); Check(false); } catch (NullReferenceException) { }
            }

            public static void Loop() { for (int i = 0; i < 4; i++) Check(All[i % 2].Get() == (i % 2 == 0 ? 1 : 10)); }

            // Ten callees a round.
            public static void Work(int rounds)
            {
                delegate*<int, int, int> operation = &Add;
                for (int i = 0; i < rounds; i++)
                {
                    Base one = All[i % 3];
                    one.Get();
                    ((IDo)one).Do();
                    Cached();
                    Several();
                    operation(i, 1);
                    SetTwice(Target, i);
                    DoIt(new Point());
                    Next.Next();
                }
            }
        }
        """;
}
