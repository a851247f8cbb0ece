using System.Runtime.CompilerServices;

namespace Stress;

/// <summary>Nested try, catch, filter, finally and fault blocks, left in every way there is.</summary>
public static partial class Exceptions
{
    /// <summary>Runs the scenario.</summary>
    public static void Run(Report report)
    {
        for (int depth = 0; depth < 6; depth++)
        {
            report.Add($"nested {depth}: {Nested(report, depth)}");
            report.Add($"filters {depth}: {Filters(report, depth)}");
        }

        report.Add($"leaving loops: {LeavingLoops(report)}");
        report.Add($"finally order: {FinallyOrder(report)}");
        report.Add($"replaced: {Replaced(report)}");
        report.Add($"rethrown: {Rethrown(report)}");
        report.Add($"filter throws: {FilterThrows(report)}");
        report.Add($"faults: {Faults(report)}");
        report.Add($"inlined: {Inlined(report)}");
        report.Add($"deep: {Deep(report, 40)}");
        report.Add($"runtime's own: {RuntimesOwn(report)}");
    }

    private static string Nested(Report report, int depth)
    {
        try
        {
            report.Mark("a");
            try
            {
                report.Mark("b");
                try
                {
                    if (depth == 0)
                    {
                        return "returned from the innermost";
                    }

                    Throw(depth);
                }
                catch (InvalidOperationException) when (depth == 2)
                {
                    report.Mark("c");
                    return "caught and filtered";
                }
                catch (ArgumentException e)
                {
                    report.Mark(e.ParamName ?? "-");
                    throw new InvalidOperationException("again", e);
                }
                finally
                {
                    report.Mark("d");
                }
            }
            catch (InvalidOperationException e) when (Look(report, e))
            {
                report.Mark("e");
                return e.Message;
            }
            finally
            {
                report.Mark("f");
            }
        }
        catch (Exception e)
        {
            report.Mark("g");
            return e.GetType().Name;
        }

        return "fell out";
    }

    private static bool Look(Report report, Exception e)
    {
        report.Mark("look");
        return e.InnerException is not null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(int kind)
    {
        switch (kind)
        {
            case 1: throw new ArgumentException("one", nameof(kind));
            case 2: throw new InvalidOperationException("two");
            case 3: throw new InvalidOperationException("three");
            case 4: throw new FormatException("four");
        }
    }

    private static int Filters(Report report, int n)
    {
        int entered = 0;
        try
        {
            try
            {
                entered++;
                Throw(n);
                entered += 10;
            }
            catch (Exception e) when (e is FormatException || (n > 2 && entered++ > 0 && n != 3))
            {
                report.Mark("F1");
                entered += 100;
            }
            catch (Exception e) when (e.Message.Length > (n == 1 ? 100 : 3))
            {
                report.Mark("F2");
                entered += 1000;
            }
            finally
            {
                entered += 10_000;
            }
        }
        catch
        {
            entered += 100_000;
        }

        return entered;
    }

    private static int LeavingLoops(Report report)
    {
        int sum = 0;
        for (int i = 0; ; i++)
        {
            try
            {
                try
                {
                    if (i % 3 == 0)
                    {
                        continue;
                    }

                    if (i > 20)
                    {
                        break;
                    }

                    if (i % 5 == 0)
                    {
                        goto again;
                    }

                    sum += i;
                }
                finally
                {
                    sum += 1000;
                }
            }
            finally
            {
                report.Mark(i % 2 == 0 ? "even" : "odd");
            }

            continue;
        again:
            sum += 100_000;
        }

        return sum;
    }

    private static string FinallyOrder(Report report)
    {
        string order = "";
        try
        {
            try
            {
                try
                {
                    Throw(3);
                }
                finally
                {
                    order += "1";
                }
            }
            finally
            {
                order += "2";
                report.Mark(order);
            }
        }
        catch (InvalidOperationException) when ((order += "filter") != null)
        {
            order += "3";
        }
        finally
        {
            order += "4";
        }

        return order;
    }

    private static string Replaced(Report report)
    {
        try
        {
            try
            {
                Throw(1);
            }
            finally
            {
                try
                {
                    report.Mark("inner");
                    Throw(2);
                }
                catch (InvalidOperationException)
                {
                    report.Mark("swallowed");
                }

                Throw(4);
            }
        }
        catch (Exception e)
        {
            return e.Message;
        }

        return "nothing";
    }

    private static int Rethrown(Report report)
    {
        int count = 0;
        for (int kind = 1; kind <= 4; kind++)
        {
            try
            {
                try
                {
                    Throw(kind);
                }
                catch (Exception e)
                {
                    report.Mark(e.Message);
                    try
                    {
                        Throw(kind % 4 + 1);
                    }
                    catch (FormatException)
                    {
                        count += 10;
                    }
                    catch
                    {
                        count += 100;
                    }

                    throw;
                }
            }
            catch (InvalidOperationException)
            {
                count++;
            }
            catch (Exception)
            {
                count += 1000;
            }
        }

        return count;
    }

    private static string FilterThrows(Report report)
    {
        try
        {
            Throw(1);
        }
        catch (ArgumentException) when (int.Parse("not a number", null) > 0)
        {
            return "the filter said yes";
        }
        catch (ArgumentException e) when (report.ToString().Length > 0)
        {
            return e.ParamName!;
        }

        return "no exception";
    }
}
