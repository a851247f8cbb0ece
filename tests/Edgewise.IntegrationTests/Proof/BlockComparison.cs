using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>Holds the blocks that an exactly pruned point set recovers against those that all points tell, for one module.</summary>
internal sealed class BlockComparison
{
    private readonly PointSet _all;
    private readonly PointSet _exact;
    private readonly List<BlockIdentity> _blocks;

    /// <summary>Makes the comparison.</summary>
    /// <param name="all">The point set without pruning.</param>
    /// <param name="exact">The same module's, pruned exactly.</param>
    /// <exception cref="InvalidDataException">They are not of the same blocks.</exception>
    public BlockComparison(PointSet all, PointSet exact)
    {
        _all = all;
        _exact = exact;
        _blocks = BlockIdentity.Of(all);
        if (!_blocks.SequenceEqual(BlockIdentity.Of(exact)) || exact.PointCount >= all.PointCount)
        {
            throw new InvalidDataException($"{all.ModuleName}: pruning changed the blocks, or pruned nothing");
        }
    }

    /// <summary>Hits of the exact set's points, taken from a run that had them all: its probes would have stood in the same places.</summary>
    public byte[] Prune(byte[] hits)
    {
        byte[] pruned = new byte[_exact.PointCount];
        for (int b = 0; b < _blocks.Count; b++)
        {
            if (_exact.Blocks[b].Point >= 0)
            {
                pruned[_exact.Blocks[b].Point] = hits[_all.Blocks[b].Point];
            }
        }

        return pruned;
    }

    /// <summary>Blocks that are told differently, and how many ran.</summary>
    /// <param name="allHits">Hits without pruning.</param>
    /// <param name="exactHits">Hits with it.</param>
    public (List<BlockIdentity> Wrong, int Covered) Compare(byte[] allHits, byte[] exactHits)
    {
        bool[] expected = _all.CoveredBlocks(allHits);
        bool[] recovered = _exact.CoveredBlocks(exactHits);
        var wrong = new List<BlockIdentity>();
        for (int b = 0; b < expected.Length; b++)
        {
            if (expected[b] != recovered[b])
            {
                wrong.Add(_blocks[b]);
            }
        }

        return (wrong, expected.Count(covered => covered));
    }
}
