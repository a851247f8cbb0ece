using System.Runtime.CompilerServices;

namespace Stress;

/// <summary>Async methods, async streams and iterators with everything that can stand in them.</summary>
public static class Asynchrony
{
    /// <summary>Runs the scenario.</summary>
    public static void Run(Report report)
    {
        Task.Run(() => RunAsync(report)).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(Report report)
    {
        report.Add($"sum {await Sum(20)}");
        report.Add($"protected {await Protected(report, 1)} {await Protected(report, 0)}");
        report.Add($"stream {await Collect(report, 100)} {await Collect(report, 3)}");
        report.Add($"disposed {await Disposed(report)}");
        report.Add($"value task {await Value(true)} {await Value(false)}");
        report.Add($"generic {await Generic("text")} {await Generic(5)}");
        report.Add($"iterator {string.Join(',', Walk(new Node(4, new Node(2, new Node(1), new Node(3)), new Node(6))))}");
        report.Add($"lambda {await ((Func<int, Task<int>>)(async n => { await Task.Yield(); return n * 2; }))(21)}");
        report.Add($"all {string.Join(',', await Task.WhenAll(Enumerable.Range(0, 5).Select(Delayed)))}");
        report.Add($"combined {await Combined(report)}");
        report.Add($"switch {await Switch(0)} {await Switch(1)} {await Switch(2)}");
    }

    private static async Task<int> Sum(int n)
    {
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            if (i % 3 == 0)
            {
                await Task.Yield();
            }

            sum += await Delayed(i);
        }

        return sum;
    }

    private static async Task<int> Delayed(int n)
    {
        await Task.Yield();
        return n + 1;
    }

    private static async Task<string> Protected(Report report, int divisor)
    {
        try
        {
            try
            {
                await Task.Yield();
                return (10 / divisor).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (DivideByZeroException) when (divisor == 0)
            {
                await Task.Yield();
                report.Mark("awaited in catch");
                throw new InvalidOperationException("replaced");
            }
            finally
            {
                await Task.Yield();
                report.Mark("awaited in finally");
            }
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static async IAsyncEnumerable<int> Stream(Report report, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            for (int i = 0; i < 10 && !cancellation.IsCancellationRequested; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
        finally
        {
            await Task.Yield();
            report.Mark("stream closed");
        }
    }

    private static async Task<int> Collect(Report report, int limit)
    {
        int sum = 0;
        await foreach (int n in Stream(report).ConfigureAwait(false))
        {
            if (n >= limit)
            {
                break;
            }

            sum += n;
        }

        return sum;
    }

    private sealed class Resource(Report report) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            report.Mark("disposed");
        }
    }

    private static async Task<string> Disposed(Report report)
    {
        await using (new Resource(report))
        {
            await Task.Yield();
        }

        try
        {
            await using var second = new Resource(report);
            throw new FormatException("in using");
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static async ValueTask<int> Value(bool wait)
    {
        if (wait)
        {
            await Task.Yield();
        }

        return wait ? 1 : 2;
    }

    private static async Task<string> Generic<T>(T value)
    {
        await Task.Yield();
        return $"{typeof(T).Name}={value}";
    }

    private sealed record Node(int Value, Node? Left = null, Node? Right = null);

    private static IEnumerable<int> Walk(Node? node)
    {
        if (node is null)
        {
            yield break;
        }

        foreach (int n in Walk(node.Left))
        {
            yield return n;
        }

        yield return node.Value;
        foreach (int n in Walk(node.Right))
        {
            yield return n;
        }
    }

    private static async Task<string> Combined(Report report)
    {
        string text = "";
        for (int i = 0; i < 4; i++)
        {
            try
            {
                text += await Delayed(i) + (await Value(i % 2 == 0)) + (i == 2 ? await Fail() : 0);
            }
            catch (TimeoutException e) when (e.Data.Count == 0)
            {
                text += "!";
                continue;
            }
            finally
            {
                report.Mark($"round {i}");
            }

            text += ";";
        }

        return text;
    }

    private static async Task<int> Fail()
    {
        await Task.Yield();
        throw new TimeoutException();
    }

    private static async Task<string> Switch(int n)
    {
        switch (n)
        {
            case 0:
                await Task.Yield();
                return "zero";
            case 1:
                return await Generic('c');
            default:
                return (await Delayed(n), await Delayed(n + 1)).ToString();
        }
    }
}
