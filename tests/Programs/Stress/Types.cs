using System.Runtime.CompilerServices;

namespace Stress;

/// <summary>Generics, class constructors, virtual and interface calls, closures, operators.</summary>
public static class Types
{
    /// <summary>Runs the scenario.</summary>
    public static void Run(Report report)
    {
        report.Add($"generics {Holder<int>.Describe(5)} {Holder<string>.Describe("x")} {Holder<object>.Describe(new())} {Holder<(int, string)>.Describe((1, "a"))}");
        report.Add($"largest {Largest([3, 1, 2])} {Largest(["b", "c", "a"])} {Largest([2.5, double.NaN])}");
        report.Add($"static abstract {Total<Meters>(3)} {Total<Feet>(3)}");
        report.Add($"constructors {Precise.Order} {Relaxed.Value} {Failing()}");
        report.Add($"virtual {string.Join(',', new Animal[] { new(), new Dog(), new Puppy() }.Select(animal => animal.Speak(2)))}");
        report.Add($"interfaces {((IGreeter)new Greeter()).Greet("you")} {((IGreeter)new Polite()).Greet("you")}");
        report.Add($"closures {Closures()}");
        report.Add($"operators {new Money(3) + new Money(4) * 2} {(new Money(3) > new Money(2) ? "more" : "less")} {(int)new Money(9)}");
        report.Add($"records {new Person("A", 1) with { Age = 2 }} {new Person("A", 1) == new Person("A", 1)}");
        report.Add($"events {Events()}");
        report.Add($"nullable {Nullables(5)} {Nullables(null)}");
        report.Add($"enums {Enums()}");
        report.Add($"locks {Locks()}");
        report.Add($"constrained {Constrained(5)} {Constrained("text")} {Constrained(DayOfWeek.Friday)}");
    }

    private static class Holder<T>
    {
        private static int s_count;

        static Holder() => s_count = typeof(T).IsValueType ? 100 : 200;

        public static string Describe(T value)
        {
            s_count++;
            return $"{typeof(T).Name}:{value?.ToString()?.Length}:{s_count}{(value is int ? "!" : "")}";
        }
    }

    private static T Largest<T>(T[] values) where T : IComparable<T>
    {
        T largest = values[0];
        foreach (T value in values)
        {
            if (value.CompareTo(largest) > 0)
            {
                largest = value;
            }
        }

        return largest;
    }

    private interface IUnit<TSelf> where TSelf : IUnit<TSelf>
    {
        static abstract double Factor { get; }

        static virtual string Name => typeof(TSelf).Name;
    }

    private readonly struct Meters : IUnit<Meters>
    {
        public static double Factor => 1;
    }

    private readonly struct Feet : IUnit<Feet>
    {
        public static double Factor => 0.3048;

        public static string Name => "ft";
    }

    private static string Total<T>(int count) where T : IUnit<T>
    {
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            total += T.Factor;
        }

        return FormattableString.Invariant($"{total:F3}{T.Name}");
    }

    private static class Precise
    {
        public static readonly string Order;

        static Precise()
        {
            string order = "";
            foreach (char c in "cctor")
            {
                order = c == 'o' ? order + "0" : order + c;
            }

            Order = order;
        }
    }

    private static class Relaxed
    {
        public static readonly int Value = Compute(10);

        private static int Compute(int n) => n < 2 ? n : Compute(n - 1) + Compute(n - 2);
    }

    private static class Broken
    {
        public static readonly int Value = int.Parse("broken", null);
    }

    private static string Failing()
    {
        string seen = "";
        for (int i = 0; i < 2; i++)
        {
            try
            {
                seen += Broken.Value;
            }
            catch (TypeInitializationException e) when (e.InnerException is FormatException)
            {
                seen += "failed";
            }
        }

        return seen;
    }

    private class Animal
    {
        public virtual string Speak(int times) => times == 0 ? "" : "." + Speak(times - 1);
    }

    private class Dog : Animal
    {
        public override string Speak(int times) => times == 0 ? base.Speak(0) : "w" + Speak(times - 1);
    }

    private sealed class Puppy : Dog
    {
        public override string Speak(int times) => times > 1 ? "y" + base.Speak(times) : base.Speak(times);
    }

    private interface IGreeter
    {
        string Greet(string name) => name.Length > 3 ? "hello" : $"hi {name}";
    }

    private sealed class Greeter : IGreeter;

    private sealed class Polite : IGreeter
    {
        string IGreeter.Greet(string name) => $"good day, {name}";
    }

    private static string Closures()
    {
        var functions = new List<Func<int>>();
        for (int i = 0; i < 3; i++)
        {
            int captured = i * i;
            functions.Add(() => captured++ + functions.Count);
        }

        int Local(int n) => n <= 0 ? functions.Sum(function => function()) : Local(n - 1) + 1;
        return $"{Local(2)} {Local(0)}";
    }

    private readonly record struct Money(int Cents)
    {
        public static Money operator +(Money a, Money b) => new(checked(a.Cents + b.Cents));

        public static Money operator *(Money a, int n) => new(a.Cents * n);

        public static bool operator >(Money a, Money b) => a.Cents > b.Cents;

        public static bool operator <(Money a, Money b) => a.Cents < b.Cents;

        public static explicit operator int(Money a) => a.Cents;
    }

    private sealed record Person(string Name, int Age);

    private static event Action<string>? Happened;

    private static string Events()
    {
        string seen = "";
        void First(string s) => seen += $"1{s}";
        Happened += First;
        Happened += s => seen += $"2{s}";
        Happened?.Invoke("a");
        Happened -= First;
        Happened?.Invoke("b");
        Happened = null;
        Happened?.Invoke("c");
        return seen;
    }

    private static string Nullables(int? value) => $"{value + 1}{value > 3}{value ?? -1}{value?.ToString(System.Globalization.CultureInfo.InvariantCulture).Length}";

    [Flags]
    private enum Parts
    {
        None = 0,
        A = 1,
        B = 2,
        All = A | B,
    }

    private static string Enums()
    {
        string text = "";
        foreach (Parts part in Enum.GetValues<Parts>())
        {
            text += part.HasFlag(Parts.B) ? part.ToString() : (part & Parts.A) != 0 ? "a" : "-";
        }

        return text;
    }

    private static int Locks()
    {
        var gate = new Lock();
        object old = new();
        int value = 0;
        for (int i = 0; i < 5; i++)
        {
            lock (gate)
            {
                lock (old)
                {
                    if (i == 3)
                    {
                        continue;
                    }

                    value += i;
                }
            }
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Constrained<T>(T value) where T : notnull => $"{value.GetHashCode() == value.GetHashCode()}{value.Equals(value)}{value}";
}
