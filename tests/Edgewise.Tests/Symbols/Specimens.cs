using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

#pragma warning disable CA1822, CA1852, CA1812, IDE0060, IDE0051, CA1815, CA1034, CA1859, CA1861

namespace Edgewise.Tests.Symbols;

/// <summary>Methods of which the compiler makes several. The comment <c>@ name</c> marks the line where a method is expected to begin.</summary>
internal class Specimens : IEnumerable<int>
{
    private readonly Func<int, int> _initialised = static x => x + 1;

    public static string SourceFile => Here();

    public int WithLambda
    {
        get
        { // @ get_WithLambda
            return Enumerable.Range(0, 3).Sum(x => x + _initialised(x));
        }
    }

    public int Plain() => 1; // @ Plain

    public async Task<int> Async(int n)
    { // @ Async
        await Task.Yield();
        return n;
    }

    public IEnumerable<int> Iterator(int n)
    {
        try
        {
            yield return n; // the iterator's first visible line is its brace
        }
        finally
        {
            Plain();
        }
    }

    public async IAsyncEnumerable<int> AsyncIterator()
    {
        await Task.Yield();
        yield return 1;
    }

    public int Closures(int a)
    { // @ Closures
        Func<int, Func<int, int>> nested = b => c => a + b + c;
        return nested(1)(2) + Local(3);

        int Local(int d)
        {
            return new[] { d }.Select(e => e + a + Inner(e)).Sum();

            static int Inner(int f) => f + 1;
        }
    }

    public Func<Task<int>> AsyncLambda(int a) => async () =>
    {
        await Task.Yield();
        return await LocalAsync();

        async Task<int> LocalAsync()
        {
            await Task.Yield();
            return a;
        }
    };

    public int Overloaded(int a)
    { // @ Overloaded(int)
        return new[] { a }.Select(x => x + a).Select(static x => x + 1).Sum();
    }

    public int Overloaded(string a)
    { // @ Overloaded(string)
        return Even(a.Length) ? 1 : 0;

        bool Even(int n) => n == 0 || Odd(n - 1);
        bool Odd(int n) => n != 0 && Even(n - 1);
    }

    public async Task<int> Overloaded(double a)
    { // @ Overloaded(double)
        await Task.Yield();
        return new[] { 1 }.Sum(x => x + (int)a);
    }

    public T Generic<T>(T value)
    { // @ Generic
        Func<T> get = () => value;
        return get();
    }

    IEnumerator<int> IEnumerable<int>.GetEnumerator()
    {
        yield return 1;
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw new NotSupportedException();

    private static string Here([CallerFilePath] string path = "") => path;
}

/// <summary>The same in a generic type, where references go by name.</summary>
internal static class GenericSpecimens<T>
{
    public static int Twice(T value, int n)
    {
        return Enumerable.Range(0, n).Count(_ => Equals(value, default(T)));
    }

    public static int Twice(T value)
    {
        return new[] { value }.Select(v => Enumerable.Range(0, 2).Count(_ => Equals(v, value))).Sum();
    }
}

internal static class ExtensionSpecimens
{
    extension(string text)
    {
        public int Doubled()
        {
            return new[] { text.Length }.Sum(n => n * 2);
        }
    }
}

file sealed class FileLocalSpecimen
{
    public int Value => new[] { 1 }.Sum(n => n);
}

internal sealed class FileLocalUser
{
    /// <summary>The compiler makes a list type, with an enumerator in it, for the whole module.</summary>
    public static IReadOnlyList<int> One(int n) => [n];

    public static object Make() => new FileLocalSpecimen();
}

/// <summary>What carries the attribute, and what it takes along.</summary>
internal sealed class ExcludedSpecimens
{
    [ExcludeFromCodeCoverage]
    public int Property { get; set; }

    public int Other => new[] { 1 }.Sum([ExcludeFromCodeCoverage] (n) => n);

    [ExcludeFromCodeCoverage]
    public async Task Method()
    {
        await Task.Yield();
        Action nothing = () => { };
        nothing();
    }

    public int Kept() => 1;

    [ExcludeFromCodeCoverage]
    internal sealed class Inner
    {
        public int Method() => 1;

        internal sealed class Innermost
        {
            public int Method() => 1;
        }
    }
}
