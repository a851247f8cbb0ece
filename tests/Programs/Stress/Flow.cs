namespace Stress;

/// <summary>Branches of every kind: compares with NaN, wide switches in loops, patterns, gotos, loops into their middle.</summary>
public static class Flow
{
    /// <summary>Runs the scenario.</summary>
    public static void Run(Report report)
    {
        double[] doubles = [0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon];
        foreach (double a in doubles)
        {
            foreach (double b in doubles)
            {
                report.Mark(Compares(a, b));
            }
        }

        report.Add($"");
        report.Add($"wide switch {WideSwitch(5000)}");
        report.Add($"unsigned {Unsigned(int.MinValue, 7)} {Unsigned(3, -1)} {Unsigned(5, 5)}");
        report.Add($"collatz {Collatz(27)} gcd {Gcd(1071, 462)} primes {Primes(1000)}");
        report.Add($"gotos {Gotos(100)}");
        report.Add($"branchless ternaries {Ternaries(report)}");
        object?[] shapes = [null, 1, -1, 200, "x", "longer text", 'c', 1.5, (1, "a"), (2, "b"), new[] { 1, 2, 3 }, new[] { 9 }, Array.Empty<int>(), DayOfWeek.Monday, DayOfWeek.Sunday, 10L];
        foreach (object? shape in shapes)
        {
            report.Mark(Pattern(shape));
        }

        report.Add($"");
        foreach (string? word in (string?[])["", "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", null])
        {
            report.Mark(Words(word));
        }

        report.Add($"");
        report.Add($"long body {LongBody(0)} {LongBody(1)} {LongBody(77)}");
    }

    private static string Compares(double a, double b)
    {
        int bits = 0;
        if (a < b) { bits |= 1; }
        if (a <= b) { bits |= 2; }
        if (a > b) { bits |= 4; }
        if (a >= b) { bits |= 8; }
        if (a == b) { bits |= 16; }
        if (a != b) { bits |= 32; }
        if (!(a < b)) { bits |= 64; }
        if (!(a >= b)) { bits |= 128; }
        for (double x = a; x < b && bits < 4096; x += 100)
        {
            bits += 256;
        }

        return bits.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static long WideSwitch(int count)
    {
        long sum = 0;
        uint state = 12345;
        for (int i = 0; i < count; i++)
        {
            state = state * 1664525 + 1013904223;
            switch ((int)(state >> 26))
            {
                case 0: sum += 3; break;
                case 1: sum ^= 5; break;
                case 2: case 3: sum -= 7; break;
                case 4: goto case 9;
                case 5: sum *= 3; break;
                case 6: if ((sum & 1) == 0) { sum++; } break;
                case 7: continue;
                case 8: sum <<= 1; break;
                case 9: sum += i; break;
                case 10: case 11: case 12: case 13: sum -= i; break;
                case 14: sum = ~sum; break;
                case 15: sum >>= 2; break;
                case 16: sum += 16; break;
                case 17: sum += 17; goto default;
                case 18: sum += 18; break;
                case 19: sum += 19; break;
                case 20: sum += 20; break;
                case 21: case 22: case 23: sum += 23; break;
                case 24: sum += sum % 13; break;
                case 25: for (int k = 0; k < 3; k++) { sum += k; } break;
                case 26: while ((sum & 3) != 0) { sum++; } break;
                case 27: sum += 27; break;
                case 28: sum += 28; break;
                case 29: sum += 29; break;
                case 30: sum += 30; break;
                case 31: sum += 31; break;
                case 32: case 40: case 48: case 56: sum += 8; break;
                case 33: sum = -sum; break;
                case 34: sum += 34; break;
                case 35: sum += 35; break;
                case 36: sum += 36; break;
                case 37: sum += 37; break;
                case 38: sum += 38; break;
                case 39: sum += 39; break;
                case 41: if (sum > 1_000_000) { sum = 0; } break;
                case 42: sum += 42; break;
                case 43: sum += 43; break;
                case 44: sum += 44; break;
                case 45: sum += 45; break;
                case 46: sum += 46; break;
                case 47: sum += 47; break;
                case 49: sum += 49; break;
                case 50: sum += 50; break;
                case 51: case 52: case 53: sum += 53; break;
                case 54: sum += 54; break;
                case 55: sum += 55; break;
                case 57: sum += 57; break;
                case 58: sum += 58; break;
                case 59: sum += 59; break;
                case 60: sum += 60; break;
                case 61: sum += 61; break;
                case 62: sum += 62; break;
                case 63: sum += 63; break;
                default: sum++; break;
            }
        }

        return sum;
    }

    private static string Unsigned(int a, int b)
    {
        uint x = (uint)a, y = (uint)b;
        return (x < y ? "<" : x > y ? ">" : "=") + ((ulong)x <= y ? "le" : "gt") + (a < b ? "s" : "") + ((nuint)x >= y ? "u" : "");
    }

    private static int Collatz(long n)
    {
        int steps = 0;
        do
        {
            n = (n & 1) == 0 ? n / 2 : (3 * n) + 1;
            steps++;
        }
        while (n != 1);
        return steps;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private static int Primes(int below)
    {
        bool[] composite = new bool[below];
        int count = 0;
        for (int i = 2; i < below; i++)
        {
            if (composite[i])
            {
                continue;
            }

            count++;
            for (int j = i * i; j < below; j += i)
            {
                composite[j] = true;
            }
        }

        return count;
    }

    private static int Gotos(int n)
    {
        int i = 0, sum = 0;
        goto test;
    body:
        sum += i;
        if (sum % 4 == 3)
        {
            goto skip;
        }

        sum++;
    skip:
        i++;
    test:
        if (i < n)
        {
            goto body;
        }

        return sum;
    }

    // Values wait on the stack while both arms are evaluated.
    private static string Ternaries(Report report)
    {
        string text = "";
        for (int i = 0; i < 8; i++)
        {
            text += string.Concat((i & 1) != 0 ? "a" : "b", (i & 2) != 0 ? report.ToString().Length > i ? "c" : "!" : "d", i > 3 && i < 7 || i == 0 ? "e" : "f") + (i switch { 0 => 'z', > 5 => 'y', _ => 'x' });
        }

        return text;
    }

    private static string Pattern(object? shape) => shape switch
    {
        null => "null",
        int and > 100 => "big",
        int n when n < 0 => "negative",
        int => "int",
        string { Length: 1 or 2 } => "short",
        string { Length: var n } => $"text{n}",
        char and >= 'a' and <= 'm' => "early",
        (1, var b) => $"one{b}",
        (int a, string) => $"pair{a}",
        int[] and [1, .., 3] => "from1to3",
        int[] and [var only] => $"only{only}",
        int[] => "ints",
        DayOfWeek.Saturday or DayOfWeek.Sunday => "weekend",
        DayOfWeek day => day.ToString(),
        double and not double.NaN => "number",
        _ => "other",
    };

    private static string Words(string? word)
    {
        switch (word)
        {
            case "alpha": return "1";
            case "beta": return "2";
            case "gamma": return "3";
            case "delta": return "4";
            case "epsilon": return "5";
            case "zeta": return "6";
            case "eta": return "7";
            case "theta": return "8";
            case "iota": return "9";
            case "": return "empty";
            case null: return "null";
            default: return "-";
        }
    }

    // Long enough that short branches over it overflow once probes stand in between.
    private static int LongBody(int n)
    {
        int r = n;
        if (n != 77)
        {
            r += n > 1 ? 1 : 2;
            r ^= n > 2 ? 3 : 4;
            r += n > 3 ? 5 : 6;
            r ^= n > 4 ? 7 : 8;
            r += n > 5 ? 9 : 10;
            r ^= n > 6 ? 11 : 12;
            r += n > 7 ? 13 : 14;
            r ^= n > 8 ? 15 : 16;
            r += n > 9 ? 17 : 18;
            r ^= n > 10 ? 19 : 20;
        }

        while (r > 50)
        {
            if ((r & 1) != 0)
            {
                r -= 3;
                continue;
            }

            r >>= 1;
        }

        return r;
    }
}
