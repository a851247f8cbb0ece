using Edgewise.Annotations;

namespace Edgewise.Tests.Hosting.Targets;

/// <summary>Methods of all shapes that a target may have. Each leaves what it was given in <see cref="Seen"/>.</summary>
internal static class SampleTargets
{
    public enum Colour
    {
        Red = 3,
        Green = 7,
        Blue = 100,
    }

    [Flags]
    public enum Access : byte
    {
        None = 0,
        Read = 1,
        Write = 4,
    }

    public static object? Seen { get; set; }

    public static int Calls { get; set; }

    public static void OfSpan(ReadOnlySpan<byte> input) => Calls += input.Length;

    public static int OfSpanWithResult(ReadOnlySpan<byte> input) => (int)(Seen = input.Length);

    public static void OfArray(byte[] input) => Seen = input;

    public static void OfText(string input) => Seen = input;

    public static void OfStream(Stream input)
    {
        using var reader = new StreamReader(input);
        Seen = reader.ReadToEnd();
    }

    public static Stream KeepingStream(Stream input) => (Stream)(Seen = input);

    public static void OfProvider(FuzzedDataProvider data) => Seen = (data.ConsumeIntegral<byte>(), data.ConsumeRemainingBytesAsString());

    public static void OfValues(int number, string text, bool flag, byte[] rest) => Seen = (number, text, flag, Convert.ToHexString(rest));

    public static void OfSigned(sbyte a, short b, int c, long d) => Seen = (a, b, c, d);

    public static void OfReals(float a, double b) => Seen = (a, b);

    public static void OfSpans(ReadOnlySpan<char> text, ReadOnlySpan<byte> rest) => Seen = (text.ToString(), Convert.ToHexString(rest));

    public static void OfChoices(Colour colour, Access access, char letter) => Seen = (colour, access, letter);

    public static void OfTimes(Guid id, DateTime time, decimal price, TimeSpan span) => Seen = (id, time, price, span);

    public static void OfNumbers(int[] numbers) => Seen = numbers;

    public static void OfMaybe(int? number, string? text, CancellationToken stop) => Seen = (number, text, stop.CanBeCanceled);

    public static void OfRecord(Order order) => Seen = order;

    public static void OfTuple((byte Left, ushort Right) pair, Dictionary<byte, byte> map) => Seen = (pair, map);

    public static void OfNested(IReadOnlyList<IEnumerable<byte>>? lists, IDictionary<byte, HashSet<byte?>> sets) => Seen = (lists, sets);

    public static void OfTree(Tree tree) => Seen = tree;

    public static void OfChain(Chain chain) => Seen = chain;

    public static void OfSettings(Settings settings) => Seen = settings;

    public static void OfPositive(Positive number) => Seen = number;

    public static async Task Later(byte[] input)
    {
        await Task.Delay(1);
        Seen = input.Length;
        throw new InvalidDataException("after the delay");
    }

    public static async ValueTask<int> LaterWithResult(byte[] input)
    {
        await Task.Yield();
        Seen = input.Length;
        return input.Length;
    }

    public static async ValueTask LaterWithoutResult(string input)
    {
        await Task.Yield();
        Seen = input;
    }

    public sealed record Line(string Article, ushort Count);

    public sealed record Order(uint Number, Line[] Lines, string? Note);

    public sealed record Tree(byte Value, List<Tree> Children);

    public sealed record Chain(byte Value, Chain Next);

    public sealed record Positive
    {
        public Positive(byte value) => Value = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));

        public byte Value { get; }
    }

    public sealed class Settings
    {
        public required string Name { get; init; }

        public byte Level { get; set; }

        public Stream? Log { get; set; }

        public Action? Callback { get; set; }
    }
}
