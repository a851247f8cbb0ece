using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Edgewise.Runtime.Formats;

namespace Edgewise.Exploration.Knowledge;

/// <summary>Goes through the bytes of a <see cref="HistoryFile"/>; everything it finds wrong it tells with the offset.</summary>
internal ref struct HistoryReader(ReadOnlySpan<byte> data, string source)
{
    private const int StateSize = sizeof(ulong) + sizeof(long);

    private ReadOnlySpan<byte> _data = data;
    private int _position;

    /// <summary>Bytes that are left.</summary>
    public readonly int Remaining => _data.Length - _position;

    /// <summary>Skips bytes that must be there.</summary>
    public void Expect(ReadOnlySpan<byte> expected, string what)
    {
        if (!_data[_position..].StartsWith(expected))
        {
            Fail($"expected {what}");
        }

        _position += expected.Length;
    }

    /// <summary>Checks the checksum at the end, and takes it away.</summary>
    public void CheckEnd()
    {
        if (Remaining < HistoryFile.ChecksumSize)
        {
            Fail($"expected a checksum of {HistoryFile.ChecksumSize} bytes at the end");
        }

        ReadOnlySpan<byte> content = _data[..^HistoryFile.ChecksumSize];
        if (!_data[^HistoryFile.ChecksumSize..].SequenceEqual(SHA256.HashData(content)))
        {
            throw new CoverageFormatException($"{source}: {HistoryFile.FormatName}, offset {content.Length}: the checksum is that of other bytes; the file is damaged or cut off");
        }

        _data = content;
    }

    /// <summary>A number from 0.</summary>
    public int Number()
    {
        int number = BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));
        if (number < 0)
        {
            Fail($"a count of {number}");
        }

        return number;
    }

    /// <summary>Text behind its length.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes(Number()));

    /// <summary>Bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > Remaining)
        {
            Fail($"expected {count} bytes, and {Remaining} are left");
        }

        ReadOnlySpan<byte> bytes = _data.Slice(_position, count);
        _position += count;
        return bytes;
    }

    /// <summary>One history.</summary>
    public SearchHistory History()
    {
        int count = Number();
        if (count > Remaining / StateSize)
        {
            Fail($"{count} states, and {Remaining} bytes are left");
        }

        var states = new KeyValuePair<ulong, long>[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> state = Bytes(StateSize);
            states[i] = new(BinaryPrimitives.ReadUInt64LittleEndian(state), BinaryPrimitives.ReadInt64LittleEndian(state[sizeof(ulong)..]));
        }

        byte[] edges = Bytes(Number()).ToArray();
        var history = new SearchHistory();
        history.Load(states, edges, Bytes(Number()).ToArray());
        return history;
    }

    /// <summary>Tells what is wrong here.</summary>
    /// <exception cref="CoverageFormatException">Always.</exception>
    public readonly void Fail(string what) => throw new CoverageFormatException($"{source}: {HistoryFile.FormatName}, offset {_position}: {what}");
}
