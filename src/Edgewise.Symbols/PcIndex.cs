using Edgewise.Runtime.Formats;

namespace Edgewise.Symbols;

/// <summary>Finds the points that PCs stand for.</summary>
public sealed class PcIndex
{
    private readonly int[] _pcs;
    private readonly int[] _points;

    /// <summary>Sorts the PCs of a point set.</summary>
    public PcIndex(PointSet set)
    {
        _pcs = [.. set.Pcs];
        _points = new int[_pcs.Length];
        for (int point = 0; point < _points.Length; point++)
        {
            _points[point] = point;
        }

        Array.Sort(_pcs, _points);
    }

    /// <summary>Number of the point with a PC, or -1 where there is none.</summary>
    public int PointOf(ulong pc)
    {
        int index = pc <= int.MaxValue ? Array.BinarySearch(_pcs, (int)pc) : -1;
        return index < 0 ? -1 : _points[index];
    }

    /// <summary>Marks the points of some PCs.</summary>
    /// <param name="pcs">PCs, in any order. Zero marks nothing: older writers leave it for a point that was not hit.</param>
    /// <param name="hit">One element a point; those that are hit become 1.</param>
    /// <param name="firstStranger">The first PC that is no point.</param>
    /// <returns>How many PCs are no point.</returns>
    public int Mark(ReadOnlySpan<ulong> pcs, Span<byte> hit, out ulong firstStranger)
    {
        int strangers = 0;
        firstStranger = 0;
        foreach (ulong pc in pcs)
        {
            int point = PointOf(pc);
            if (point >= 0)
            {
                hit[point] = 1;
            }
            else if (pc != 0)
            {
                firstStranger = strangers++ == 0 ? pc : firstStranger;
            }
        }

        return strangers;
    }
}
