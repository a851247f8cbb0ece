using System.Runtime.InteropServices;
using System.Text;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Keeps the names of functions and files once each, found by their UTF-8 bytes: most answers repeat a few.</summary>
/// <param name="finish">Makes the text of what the bytes say, once each.</param>
internal sealed class TextPool(Func<string, string> finish)
{
    private byte[][] _keys = new byte[1024][];
    private string[] _texts = new string[1024];
    private int _count;

    /// <summary>The text of some bytes; what is no UTF-8 becomes U+FFFD.</summary>
    public string TextOf(ReadOnlySpan<byte> bytes)
    {
        int slot = SlotOf(bytes);
        if (_keys[slot] is not null)
        {
            return _texts[slot];
        }

        if (2 * ++_count > _keys.Length)
        {
            Grow();
            slot = SlotOf(bytes);
        }

        _keys[slot] = bytes.ToArray();
        return _texts[slot] = finish(Encoding.UTF8.GetString(bytes));
    }

    private void Grow()
    {
        (byte[][] keys, string[] texts) = (_keys, _texts);
        _keys = new byte[2 * keys.Length][];
        _texts = new string[2 * keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] is { } key)
            {
                int slot = SlotOf(key);
                (_keys[slot], _texts[slot]) = (key, texts[i]);
            }
        }
    }

    private int SlotOf(ReadOnlySpan<byte> bytes)
    {
        int slot = (int)Hash(bytes) & (_keys.Length - 1);
        while (_keys[slot] is { } key && !bytes.SequenceEqual(key))
        {
            slot = (slot + 1) & (_keys.Length - 1);
        }

        return slot;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * 0x100000001B3;
        }

        return (uint)(hash ^ (hash >> 29));
    }
}
