using System.Buffers.Binary;
using System.Numerics;
using Edgewise.Runtime;

namespace Edgewise.Fuzzing.Observers;

/// <summary>Gives the bits of a map.</summary>
internal delegate ReadOnlySpan<byte> BitSource();

/// <summary>Observes a map of bits, each of which is a feature.</summary>
internal sealed class BitObserver(int size, BitSource bits, Action reset) : IExtraObserver
{
    private const int NotRare = 2;

    /// <summary>How near comparisons came to equality: libFuzzer's value profile.</summary>
    public static BitObserver ValueProfiles() => new(ValueProfile.Size, () => ValueProfile.Bits, ValueProfile.Reset);

    /// <summary>Which callees indirect calls had.</summary>
    public static BitObserver CallPairs() => new(ExtraCallbacks.PairBits, () => ExtraCallbacks.PairMap, ExtraCallbacks.ResetPairs);

    /// <inheritdoc/>
    public int Size => size;

    /// <inheritdoc/>
    public void Reset() => reset();

    /// <inheritdoc/>
    public void Collect(ReadOnlySpan<byte> seen, uint first, List<uint> found)
    {
        ReadOnlySpan<byte> map = bits();
        for (int place = map.IndexOfAnyExcept((byte)0); place >= 0;)
        {
            int start = place / sizeof(ulong) * sizeof(ulong);
            for (ulong word = BinaryPrimitives.ReadUInt64LittleEndian(map[start..]); word != 0; word &= word - 1)
            {
                int bit = (start * 8) + BitOperations.TrailingZeroCount(word);
                if (seen[bit] != NotRare)
                {
                    found.Add(first + (uint)bit);
                }
            }

            int next = start + sizeof(ulong);
            int more = map[next..].IndexOfAnyExcept((byte)0);
            place = more < 0 ? -1 : next + more;
        }
    }
}
