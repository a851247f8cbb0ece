using Edgewise.Corpus.Merging;

namespace Edgewise.Bench.Corpus;

/// <summary>The cheapest target there is: each byte of an input and each pair of neighbours is a feature, each byte a point.</summary>
internal sealed class ByteExecutor : IMergeExecutor
{
    private const uint Pairs = 4096;

    /// <inheritdoc/>
    public void Execute(ReadOnlySpan<byte> input, ICollection<uint> features, ICollection<uint> points)
    {
        uint previous = 0;
        foreach (byte value in input)
        {
            features.Add(value);
            features.Add(byte.MaxValue + 1 + (((previous << 4) ^ value) % Pairs));
            points.Add(value);
            previous = value;
        }
    }
}
