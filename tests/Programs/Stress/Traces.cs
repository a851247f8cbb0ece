using System.Runtime.CompilerServices;

namespace Stress;

/// <summary>Exceptions from places of every kind, with their whole stack traces: files and lines must not move.</summary>
/// <remarks>What is inlined and what is not is marked: of its own accord the JIT may decide otherwise for a body with probes in it, and then
/// optimised code has a frame more or less.</remarks>
public static class Traces
{
    /// <summary>Runs the scenario.</summary>
    public static void Run(Report report)
    {
        Action[] all =
        [
            () => { Straight(3); After(); },
            () => InBranches(5),
            () => InSwitch("b"),
            () => Iterate().Sum(),
            () => Async(2).GetAwaiter().GetResult(),
            () => Stream().GetAwaiter().GetResult(),
            () => { FromHandler(); After(); },
            () => { FromInlined(2000); After(); },
            () => new Made("x"),
            () => _ = Statics.Value,
            () => Generic<string>(null!),
            () => Lambda()(0),
        ];
        foreach (Action one in all)
        {
            try
            {
                one();
                report.Add($"nothing was thrown");
            }
            catch (Exception e)
            {
                report.Add($"{e}");
            }
        }
    }

    // What stands last in a method may become a tail call, which has no frame.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void After()
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(int code)
    {
        string message =
            code switch
            {
                < 10 => "small",
                _ => "large",
            };
        throw new InvalidOperationException(
            $"code {code} is {message}");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Straight(int n)
    {
        n++;
        n *= 2;
        Fail(n);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int InBranches(int n)
    {
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            if (i % 2 == 0)
            {
                sum += i;
            }
            else if (i > 2)
            {
                Fail(sum);
            }
            else
            {
                sum--;
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int InSwitch(string s)
    {
        switch (s)
        {
            case "a":
                return 1;
            case "b":
                return s.Length + int.Parse(
                    s,
                    null);
            default:
                return 0;
        }
    }

    private static IEnumerable<int> Iterate()
    {
        yield return 1;
        for (int i = 0; i < 3; i++)
        {
            if (i == 2)
            {
                Fail(i);
            }

            yield return i;
        }
    }

    private static async Task<int> Async(int n)
    {
        if (n > 0)
        {
            await Task.CompletedTask;
            return await Async(n - 1)
                + 1;
        }

        Fail(n);
        return 0;
    }

    private static async Task<int> Stream()
    {
        int sum = 0;
        await foreach (int n in Numbers())
        {
            sum += n;
        }

        return sum;
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        yield return 1;
        await Task.CompletedTask;
        Fail(42);
        yield return 2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FromHandler()
    {
        try
        {
            Straight(1);
        }
        catch (InvalidOperationException e) when (e.Message.Length > 3)
        {
            throw new AggregateException(
                "wrapped",
                e);
        }
        finally
        {
            GC.KeepAlive(null);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Guarded(int n)
    {
        if (n > 1000)
        {
            Fail(n);
        }

        return n;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Doubled(int n) => Guarded(n) * 2;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FromInlined(int n)
    {
        int sum = Doubled(1);
        sum += Doubled(n);
        GC.KeepAlive(sum);
    }

    private sealed class Made
    {
        private readonly int _length = 1;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public Made(string text)
        {
            _length += text.Length;
            Fail(_length);
        }
    }

    private static class Statics
    {
        public static readonly int Value;

        static Statics()
        {
            Value = 7;
            Fail(Value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Generic<T>(T value) where T : class
    {
        int n = typeof(T).Name.Length;
        return n + value.GetHashCode();
    }

    private static Func<int, int> Lambda() => n =>
    {
        int m = n + 1;
        return m / n;
    };
}
