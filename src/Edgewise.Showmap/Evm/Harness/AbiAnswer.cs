using System.Text;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>Decodes what the functions of a harness return that name its targets. Anything that is malformed reads as nothing, as in forge.</summary>
internal static class AbiAnswer
{
    /// <summary><c>address[]</c>.</summary>
    public static IReadOnlyList<EvmWord> Addresses(byte[] answer) => Read(answer, static data => Items(data, Tail(data, 0)).Select(item => Word(item.Data, item.Start).Address));

    /// <summary><c>string[]</c>.</summary>
    public static IReadOnlyList<string> Texts(byte[] answer) => Read(answer, static data => DynamicItems(data, Tail(data, 0)).Select(item => Text(item.Data, item.Start)));

    /// <summary><c>(address,bytes4[])[]</c>.</summary>
    public static IReadOnlyList<(EvmWord Address, IReadOnlyList<uint> Selectors)> Selectors(byte[] answer) =>
        Read(answer, static data => DynamicItems(data, Tail(data, 0)).Select(item => (Word(data, item.Start).Address, Bytes4(data, item.Start + Count(Word(data, item.Start + 32))))));

    /// <summary><c>(string,bytes4[])[]</c>.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<uint> Selectors)> NamedSelectors(byte[] answer) => Read(answer, static data => DynamicItems(data, Tail(data, 0)).Select(item =>
        (Text(data, item.Start + Count(Word(data, item.Start))), Bytes4(data, item.Start + Count(Word(data, item.Start + 32))))));

    /// <summary><c>(address,string[])[]</c>.</summary>
    public static IReadOnlyList<(EvmWord Address, IReadOnlyList<string> Names)> Interfaces(byte[] answer) => Read(answer, static data => DynamicItems(data, Tail(data, 0)).Select(item =>
        (Word(data, item.Start).Address, (IReadOnlyList<string>)[.. DynamicItems(data, item.Start + Count(Word(data, item.Start + 32))).Select(name => Text(data, name.Start))])));

    private static IReadOnlyList<T> Read<T>(byte[] answer, Func<byte[], IEnumerable<T>> decode)
    {
        try
        {
            return [.. decode(answer)];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static IReadOnlyList<uint> Bytes4(byte[] data, int start) => [.. Items(data, start).Select(item => (uint)(Word(data, item.Start).High >> 32))];

    private static IEnumerable<(byte[] Data, int Start)> Items(byte[] data, int start) => Enumerable.Range(0, Length(data, start)).Select(index => (data, start + 32 + (index * 32)));

    private static IEnumerable<(byte[] Data, int Start)> DynamicItems(byte[] data, int start) =>
        Items(data, start).Select(item => (data, start + 32 + Count(Word(data, item.Start))));

    private static string Text(byte[] data, int start)
    {
        int length = Count(Word(data, start));
        return start + 32 + length <= data.Length ? Encoding.UTF8.GetString(data, start + 32, length) : throw new FormatException("text beyond the answer");
    }

    private static int Tail(byte[] data, int start) => Count(Word(data, start));

    private static int Length(byte[] data, int start) => Count(Word(data, start)) is var length && length <= data.Length / 32 ? length : throw new FormatException("an array beyond the answer");

    private static int Count(EvmWord word) => word < int.MaxValue / 4 ? (int)word.Low : throw new FormatException("an offset beyond the answer");

    private static EvmWord Word(byte[] data, int start) =>
        start + 32 <= data.Length ? EvmWord.FromBytes(data.AsSpan(start, 32)) : throw new FormatException("a word beyond the answer");
}
