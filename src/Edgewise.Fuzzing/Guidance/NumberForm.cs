using System.Buffers.Binary;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>A form in which inputs carry numbers: so many bytes, in one order.</summary>
/// <param name="Bytes">1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">True for the most significant byte first.</param>
internal readonly record struct NumberForm(int Bytes, bool IsBigEndian)
{
    /// <summary>All forms of numbers of at most some bytes, the widest first.</summary>
    public static IEnumerable<NumberForm> Of(int width)
    {
        for (int bytes = width; bytes >= 1; bytes /= 2)
        {
            yield return new NumberForm(bytes, false);
            if (bytes > 1)
            {
                yield return new NumberForm(bytes, true);
            }
        }
    }

    /// <summary>Whether a number of some width is the zero- or sign-extension of one in this form.</summary>
    public bool Fits(ulong value, int width)
    {
        ulong low = Cut(value, Bytes);
        return Bytes >= width || value == low || value == Cut((ulong)Signed(low, Bytes), width);
    }

    /// <summary>The low bytes of a number in this form.</summary>
    public byte[] Encode(ulong value)
    {
        byte[] all = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(all, IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) >> (64 - (Bytes * 8)) : value);
        return all[..Bytes];
    }

    /// <summary>The number that stands in some bytes in this form.</summary>
    public ulong Decode(ReadOnlySpan<byte> place)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong)];
        all.Clear();
        place[..Bytes].CopyTo(all);
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(all);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) >> (64 - (Bytes * 8)) : value;
    }

    /// <summary>The low bytes of a number, zero-extended.</summary>
    public static ulong Cut(ulong value, int width) => width >= sizeof(ulong) ? value : value & ((1UL << (width * 8)) - 1);

    /// <summary>The low bytes of a number, sign-extended.</summary>
    public static long Signed(ulong value, int width) => (long)(value << (64 - (width * 8))) >> (64 - (width * 8));
}
