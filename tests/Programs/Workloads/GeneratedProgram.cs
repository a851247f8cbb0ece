using System.Globalization;
using System.Text;

namespace Workloads;

/// <summary>A C# program generated at a size asked for, which uses much of the language and returns one text.</summary>
public static class GeneratedProgram
{
    /// <summary>Writes a program of <paramref name="classCount"/> classes, each generic with an iterator, an async method, a lambda and patterns.</summary>
    public static string Write(int classCount)
    {
        var source = new StringBuilder(Prologue);
        for (int i = 0; i < classCount; i++)
        {
            source.Append(Class.Replace("__", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        source.Append("public static class Program\n{\n    public static string Run()\n    {\n        var all = new StringBuilder();\n");
        for (int i = 0; i < classCount; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"        all.Append(new Worker{i}<int>({i}).Work().GetAwaiter().GetResult()).Append('\\n');\n");
        }

        return source.Append("        return all.ToString();\n    }\n}\n").ToString();
    }

    private const string Prologue = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text;
        using System.Threading.Tasks;

        public interface IShape { double Area { get; } }
        public sealed record Circle(double Radius) : IShape { public double Area => Math.PI * Radius * Radius; }
        public readonly record struct Square(double Side) : IShape { public double Area => Side * Side; }
        public enum Kind { None, Low, High }

        """;

    private const string Class = """
        /// <summary>Worker number __.</summary>
        public sealed class Worker__<T> where T : IComparable<T>
        {
            private readonly T _seed;
            private readonly Dictionary<string, List<int>> _table = new();

            public Worker__(T seed) => _seed = seed;

            private IEnumerable<int> Numbers(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    try
                    {
                        if (i % 3 == __ % 3) { continue; }
                        yield return i * i;
                    }
                    finally
                    {
                        _table["seen" + i % 2] = _table.GetValueOrDefault("seen" + i % 2) ?? new List<int>();
                        _table["seen" + i % 2].Add(i);
                    }
                }
            }

            private static string Describe(object value) => value switch
            {
                null => "nothing",
                int n and > 100 => $"many:{n:x4}",
                int n when n % 2 == 0 => "even",
                int => "odd",
                string { Length: > 3 } s => s[..3].ToUpperInvariant(),
                Circle { Radius: var r } => $"circle {r:F2}",
                Square(var side) => $"square {side}",
                (int a, string b) => b + a,
                Kind.Low or Kind.High => "kind",
                _ => value.GetType().Name,
            };

            private async Task<int> Sum(int count)
            {
                int total = 0;
                foreach (int n in Numbers(count))
                {
                    await Task.CompletedTask;
                    total += n;
                }

                return total;
            }

            public async Task<string> Work()
            {
                int sum = await Sum(20 + __);
                Func<int, Func<int, int>> adder = x => y => checked(x + y + __);
                var query = from n in Numbers(12) let half = n / 2 where half % 2 == 0 orderby half descending select (half, n.ToString());
                var text = new StringBuilder();
                text.Append(_seed).Append(' ').Append(sum).Append(' ').Append(adder(1)(2)).Append(' ');
                text.AppendJoin(',', query.Select(pair => Describe(pair)));
                foreach (object o in new object[] { null, 7, 8, 1000 + __, "abcdef", new Circle(__), new Square(2.5), Kind.High, 'c' })
                {
                    text.Append(' ').Append(Describe(o));
                }

                try
                {
                    text.Append(10 / (sum - sum));
                }
                catch (DivideByZeroException e) when (e.Message.Length > 0)
                {
                    text.Append(" caught");
                }

                unsafe
                {
                    int* p = stackalloc int[4] { 1, 2, 3, __ };
                    text.Append(' ').Append(p[3] + p[0]);
                }

                switch (sum % 5)
                {
                    case 0: text.Append(" zero"); break;
                    case 1: case 2: text.Append(" few"); break;
                    default: text.Append(" more"); break;
                }

                return text.ToString();
            }
        }

        """;
}
