using System.Globalization;
using System.Text;
using Edgewise.Annotations;

namespace Edgewise.Tests.Annotations;

/// <summary>
/// Calls of a <see cref="FuzzedDataProvider"/> as text, answered as <c>tests/Programs/Native/provider.cc</c> answers them from LLVM's: a line is the input in hex
/// digits and the calls; its answer is a word a call.
/// </summary>
internal static class ProviderScript
{
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17];

    private enum Choice
    {
        A,
        B,
        C,
        D,
        E,
        KMaxValue = E,
    }

    /// <summary>The answers to a line.</summary>
    public static string Answer(string line)
    {
        var words = new Queue<string>(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string input = words.Dequeue();
        var data = new FuzzedDataProvider(input == "-" ? [] : Convert.FromHexString(input));
        var answers = new StringBuilder();
        while (words.TryDequeue(out string? call))
        {
            answers.Append(' ').Append(Answer(call, data, words.Dequeue));
        }

        return answers.ToString();
    }

    /// <summary>Makes a line of random calls over a random input.</summary>
    public static string Random(Random random)
    {
        byte[] input = new byte[random.Next(4) == 0 ? random.Next(8) : random.Next(120)];
        random.NextBytes(input);
        for (int i = random.Next(6); i > 0 && input.Length > 0; i--)
        {
            input[random.Next(input.Length)] = (byte)'\\';
        }

        var line = new StringBuilder(input.Length == 0 ? "-" : Convert.ToHexString(input));
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            line.Append(' ').Append(Call(random));
        }

        return line.ToString();
    }

    private static string Call(Random random) => random.Next(31) switch
    {
        0 => $"bytes {random.Next(20)}",
        1 => $"terminated {random.Next(20)}",
        2 => $"string {random.Next(20)}",
        3 => $"random {random.Next(20)}",
        4 => "any",
        5 => $"data {random.Next(12)}",
        6 => "bool",
        7 => "enum",
        8 => "pick",
        9 => "left",
        10 => "i8",
        11 => "u8",
        12 => "i16",
        13 => "u16",
        14 => "i32",
        15 => "u32",
        16 => "i64",
        17 => "u64",
        18 => Range("r8", random.Next(-128, 128), random.Next(-128, 128)),
        19 => Range("ru8", random.Next(256), random.Next(256)),
        20 => Range("r16", random.Next(-32768, 32768), random.Next(-32768, 32768)),
        21 => Range("r32", random.NextInt64(int.MinValue, int.MaxValue), random.NextInt64(-300, 300)),
        22 => Range("ru32", random.NextInt64(uint.MaxValue), random.NextInt64(uint.MaxValue)),
        23 => Range("r64", random.NextInt64(long.MinValue, long.MaxValue), random.NextInt64(long.MinValue, long.MaxValue)),
        24 => Range("ru64", random.NextInt64(), random.NextInt64(1000)),
        25 => "pf",
        26 => "pd",
        27 => "f",
        28 => "d",
        29 => Reals("rf", random, 1.2),
        _ => random.Next(8) == 0 ? "rest" : Reals("rd", random, 9.9),
    };

    private static string Range(string call, long left, long right) => $"{call} {Math.Min(left, right)} {Math.Max(left, right)}";

    // Some ranges are wider than the type can tell.
    private static string Reals(string call, Random random, double scale)
    {
        double largest = call == "rf" ? float.MaxValue : double.MaxValue;
        double left = random.Next(3) == 0 ? -largest : (random.NextDouble() - 0.5) * scale;
        double right = random.Next(3) == 0 ? largest : (random.NextDouble() - 0.5) * scale;
        (left, right) = (Math.Min(left, right), Math.Max(left, right));
        return string.Create(CultureInfo.InvariantCulture, $"{call} {left:R} {right:R}");
    }

    private static string Answer(string call, FuzzedDataProvider data, Func<string> next) => call switch
    {
        "bytes" => Hex(data.ConsumeBytes(Integer(next()))),
        "terminated" => Hex(data.ConsumeBytesWithTerminator(Integer(next()), 0xEE)),
        "rest" => Hex(data.ConsumeRemainingBytes()),
        "string" => Hex(data.ConsumeBytes(Integer(next()))),
        "random" => Hex(data.ConsumeRandomLengthBytes(Integer(next()))),
        "any" => Hex(data.ConsumeRandomLengthBytes(data.RemainingBytes)),
        "data" => Data(data, Integer(next())),
        "bool" => data.ConsumeBool() ? "1" : "0",
        "enum" => $"{(int)data.ConsumeEnum<Choice>()}",
        "pick" => $"{data.PickValueInArray(Primes)}",
        "left" => $"{data.RemainingBytes}",
        "i8" => $"{data.ConsumeIntegral<sbyte>()}",
        "u8" => $"{data.ConsumeIntegral<byte>()}",
        "i16" => $"{data.ConsumeIntegral<short>()}",
        "u16" => $"{data.ConsumeIntegral<ushort>()}",
        "i32" => $"{data.ConsumeIntegral<int>()}",
        "u32" => $"{data.ConsumeIntegral<uint>()}",
        "i64" => $"{data.ConsumeIntegral<long>()}",
        "u64" => $"{data.ConsumeIntegral<ulong>()}",
        "r8" => $"{data.ConsumeIntegralInRange(Number<sbyte>(next()), Number<sbyte>(next()))}",
        "ru8" => $"{data.ConsumeIntegralInRange(Number<byte>(next()), Number<byte>(next()))}",
        "r16" => $"{data.ConsumeIntegralInRange(Number<short>(next()), Number<short>(next()))}",
        "r32" => $"{data.ConsumeIntegralInRange(Number<int>(next()), Number<int>(next()))}",
        "ru32" => $"{data.ConsumeIntegralInRange(Number<uint>(next()), Number<uint>(next()))}",
        "r64" => $"{data.ConsumeIntegralInRange(Number<long>(next()), Number<long>(next()))}",
        "ru64" => $"{data.ConsumeIntegralInRange(Number<ulong>(next()), Number<ulong>(next()))}",
        "pf" => Bits(data.ConsumeProbability<float>()),
        "pd" => Bits(data.ConsumeProbability<double>()),
        "f" => Bits(data.ConsumeFloatingPoint<float>()),
        "d" => Bits(data.ConsumeFloatingPoint<double>()),
        "rf" => Bits(data.ConsumeFloatingPointInRange((float)Number<double>(next()), (float)Number<double>(next()))),
        "rd" => Bits(data.ConsumeFloatingPointInRange(Number<double>(next()), Number<double>(next()))),
        _ => throw new ArgumentException($"unknown call {call}", nameof(call)),
    };

    private static string Data(FuzzedDataProvider data, int size)
    {
        byte[] destination = [.. Enumerable.Repeat((byte)0xCC, size)];
        return $"{data.ConsumeData(destination)} {Hex(destination)}";
    }

    private static int Integer(string text) => Number<int>(text);

    private static T Number<T>(string text)
        where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);

    private static string Hex(byte[] bytes) => "x" + Convert.ToHexString(bytes);

    private static string Bits(float value) => $"{BitConverter.SingleToUInt32Bits(value):X8}";

    private static string Bits(double value) => $"{BitConverter.DoubleToUInt64Bits(value):X16}";
}
