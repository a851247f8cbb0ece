using System.Runtime.CompilerServices;

namespace Stress;

/// <content>Exceptions that pass through iterators, inlined callees and deep recursion, and those that the runtime itself throws.</content>
public static partial class Exceptions
{
    // An iterator with a finally block has a fault block in its MoveNext.
    private static IEnumerable<int> Iterator(Report report, int throwAt)
    {
        try
        {
            for (int i = 0; i < 4; i++)
            {
                try
                {
                    yield return i;
                    if (i == throwAt)
                    {
                        Throw(2);
                    }
                }
                finally
                {
                    report.Mark($"f{i}");
                }
            }
        }
        finally
        {
            report.Mark("done");
        }
    }

    private static int Faults(Report report)
    {
        int sum = 0;
        for (int at = 0; at < 6; at++)
        {
            try
            {
                foreach (int value in Iterator(report, at))
                {
                    sum += value;
                    if (at == 5 && value == 2)
                    {
                        break;
                    }
                }
            }
            catch (InvalidOperationException)
            {
                sum += 100;
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Checked(int a, int b) => a > 1000 ? throw new OverflowException("too much") : checked(a + b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Twice(int a) => Checked(Checked(a, a), 1);

    private static int Inlined(Report report)
    {
        int value = 1;
        try
        {
            while (true)
            {
                value = Twice(value);
            }
        }
        catch (OverflowException e)
        {
            report.Mark(e.Message);
        }

        return value;
    }

    private static int Deep(Report report, int depth)
    {
        if (depth == 0)
        {
            Throw(4);
        }

        try
        {
            return Deep(report, depth - 1) + 1;
        }
        catch (FormatException) when (depth % 7 == 0)
        {
            report.Mark($"at {depth}");
            throw;
        }
        catch (FormatException) when (depth == 39)
        {
            return 1000;
        }
        finally
        {
            if (depth % 10 == 0)
            {
                report.Mark($"out {depth}");
            }
        }
    }

    private static readonly int[] Numbers = [1, 2];

    private static string RuntimesOwn(Report report)
    {
        Func<int>[] all =
        [
            () => ((string)null!).Length,
            () => Numbers[^3],
            () => (int)(object)"text",
            () => 1 / int.Parse("0", null),
            () => checked(int.MaxValue + int.Parse("1", null)),
            () => { new object[] { "" }.CopyTo(new string[0], 0); return 0; },
            () => { ((object[])new string[1])[0] = 1; return 0; },
            () => int.MinValue % int.Parse("-1", null),
            () => new byte[int.Parse("-1", null)].Length,
        ];
        foreach (Func<int> one in all)
        {
            try
            {
                report.Mark(one().ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            catch (Exception e)
            {
                report.Mark(e.GetType().Name);
            }
        }

        return "all seen";
    }
}
