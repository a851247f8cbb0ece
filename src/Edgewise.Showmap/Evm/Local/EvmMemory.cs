using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Local;

/// <summary>The memory of a frame. Whoever reads or writes has grown it before, and paid for it.</summary>
internal sealed class EvmMemory
{
    private byte[] _bytes = [];

    /// <summary>Bytes in use, a multiple of 32.</summary>
    public int Length { get; private set; }

    /// <summary>Gas that a memory of so many words costs in all.</summary>
    public static long Cost(long words) => (3 * words) + (words * words / 512);

    /// <summary>Makes room; the gas is the caller's affair.</summary>
    public void Grow(int length)
    {
        if (length > Length)
        {
            Length = length;
            if (length > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(length, Math.Max(1024, _bytes.Length * 2)));
            }
        }
    }

    /// <summary>Some bytes.</summary>
    public Span<byte> Range(int offset, int length) => length == 0 ? [] : _bytes.AsSpan(offset, length);

    /// <summary>The word at an offset.</summary>
    public EvmWord Word(int offset) => EvmWord.FromBytes(_bytes.AsSpan(offset, EvmWord.Size));

    /// <summary>Copies from a source, with zeros where it ends.</summary>
    public void Copy(int offset, int length, ReadOnlySpan<byte> source, EvmWord from)
    {
        Span<byte> target = Range(offset, length);
        int start = from.IsUInt64 && from.Low < (ulong)source.Length ? (int)from.Low : source.Length;
        int count = Math.Min(length, source.Length - start);
        source.Slice(start, count).CopyTo(target);
        target[count..].Clear();
    }
}
