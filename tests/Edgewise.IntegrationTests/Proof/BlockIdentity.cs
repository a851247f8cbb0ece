using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>A block or split edge of a module, however that was pruned.</summary>
/// <param name="Method">MethodDef token.</param>
/// <param name="Start">First IL byte, or where the edge stands.</param>
/// <param name="Length">Bytes of IL; zero for an edge.</param>
/// <param name="Way">Which of the edges that leave there.</param>
internal readonly record struct BlockIdentity(int Method, int Start, int Length, int Way)
{
    /// <summary>Identities of all blocks of a point set, in its order.</summary>
    public static List<BlockIdentity> Of(PointSet points)
    {
        var identities = new List<BlockIdentity>(points.Blocks.Length);
        foreach (PointMethod method in points.Methods)
        {
            int way = 0;
            for (int b = method.FirstBlock; b < method.FirstBlock + method.BlockCount; b++)
            {
                PointBlock block = points.Blocks[b];
                way = block.IsEdge ? way + 1 : 0;
                identities.Add(new BlockIdentity(method.Token, block.Start, block.Length, way));
            }
        }

        return identities;
    }
}
