namespace Edgewise.Runtime.Formats;

/// <summary>
/// All points of a module with what was asked for: how it was instrumented, from which original, and for every point its identity.
/// Stored in the instrumented image and once a module beside its <c>.sancov</c> files.
/// </summary>
/// <remarks>
/// Points are numbered densely from 0 in the order of methods (by MethodDef row) and, in a method, of blocks. PCs are one to one with points.
/// Blocks tile each method's original IL; split edges stand right behind the block they leave.
/// </remarks>
public sealed class PointSet
{
    /// <summary>File name of the module, with extension, for example <c>Markdig.dll</c>.</summary>
    public required string ModuleName { get; init; }

    /// <summary>SHA-256 of the original image, 32 bytes.</summary>
    public required byte[] OriginalHash { get; init; }

    /// <summary>Level that was asked for.</summary>
    public required InstrumentationLevel Level { get; init; }

    /// <summary>Features that were asked for.</summary>
    public required CoverageFeatures Features { get; init; }

    /// <summary>Pruning that was asked for.</summary>
    public required Pruning Pruning { get; init; }

    /// <summary>True where the entry block was pruned like any other.</summary>
    public required bool EntryPruned { get; init; }

    /// <summary>SHA-256 over the allow and ignore lists, or empty where there were none.</summary>
    public required byte[] SelectionHash { get; init; }

    /// <summary>Instrumented methods by ascending token.</summary>
    public required PointMethod[] Methods { get; init; }

    /// <summary>Blocks of all methods, consecutive per method.</summary>
    public required PointBlock[] Blocks { get; init; }

    /// <summary>Indices (within the method, from 0) of the blocks that imply a pruned block.</summary>
    public required int[] Implying { get; init; }

    /// <summary>PC of each point: an RVA in the original image.</summary>
    public required int[] Pcs { get; init; }

    /// <summary>Kind of each point.</summary>
    public required PointKind[] Kinds { get; init; }

    /// <summary>Sites of traced compares, divisions, indices, accesses and calls; their numbers count from 0 within the module.</summary>
    public PointSite[] Sites { get; init; } = [];

    /// <summary>Number of points.</summary>
    public int PointCount => Pcs.Length;

    /// <summary>The first eight bytes of <see cref="OriginalHash"/>, big-endian: the module's identity in registrations and file names.</summary>
    public long Identity => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(OriginalHash);

    /// <summary><see cref="Identity"/> as 16 lower-case hex digits.</summary>
    public string IdentityText => Identity.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The method that a point belongs to, as an index into <see cref="Methods"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public int MethodOfPoint(int point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, PointCount);
        int low = 0, high = Methods.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (Methods[middle].FirstPoint <= point)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>
    /// Recovers which blocks ran from which points were hit: a block with a point ran if that was hit, any other if one of those that imply it ran.
    /// </summary>
    /// <param name="hit">One element a point; anything but zero means hit.</param>
    /// <returns>One element a block of <see cref="Blocks"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="hit"/> has not one element a point.</exception>
    public bool[] CoveredBlocks(ReadOnlySpan<byte> hit)
    {
        if (hit.Length != PointCount)
        {
            throw new ArgumentException($"{hit.Length} hits for the {PointCount} points of {ModuleName}", nameof(hit));
        }

        bool[] covered = new bool[Blocks.Length];
        foreach (PointMethod method in Methods)
        {
            CoverMethod(method, hit, covered);
        }

        return covered;
    }

    private void CoverMethod(PointMethod method, ReadOnlySpan<byte> hit, bool[] covered)
    {
        for (int b = method.FirstBlock; b < method.FirstBlock + method.BlockCount; b++)
        {
            int point = Blocks[b].Point;
            covered[b] = point >= 0 && hit[point] != 0;
        }

        // Implication chains are short; a block is implied by neighbours, so a few sweeps reach the fixed point.
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int b = method.FirstBlock + method.BlockCount - 1; b >= method.FirstBlock; b--)
            {
                if (!covered[b] && IsImplied(method, Blocks[b], covered))
                {
                    covered[b] = changed = true;
                }
            }
        }
    }

    private bool IsImplied(PointMethod method, PointBlock block, bool[] covered)
    {
        for (int i = 0; i < block.ImplyingCount; i++)
        {
            if (covered[method.FirstBlock + Implying[block.FirstImplying + i]])
            {
                return true;
            }
        }

        return false;
    }
}
