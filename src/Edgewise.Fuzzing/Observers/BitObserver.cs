using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Edgewise.Feedback;
using Edgewise.Fuzzing.Feedbacks;
using Edgewise.Fuzzing.Scheduling;
using Edgewise.Runtime;

namespace Edgewise.Fuzzing.Observers;

/// <summary>Gives the bits of a map.</summary>
internal delegate ReadOnlySpan<byte> BitSource();

/// <summary>Observes a map of bits, each of which is a feature.</summary>
internal sealed class BitObserver(int size, BitSource bits, Action reset) : IExtraObserver
{
    private const int BitsPerWord = 64;

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
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bits());
        foreach (int place in new HitPlaces<ulong>(words))
        {
            for (ulong word = BitConverter.IsLittleEndian ? words[place] : BinaryPrimitives.ReverseEndianness(words[place]); word != 0; word &= word - 1)
            {
                int bit = (place * BitsPerWord) + BitOperations.TrailingZeroCount(word);
                if (seen[bit] != RareFeatures.NotRare)
                {
                    found.Add(first + (uint)bit);
                }
            }
        }
    }
}
