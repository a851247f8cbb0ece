namespace Edgewise.Instrumentation.Image;

/// <summary>Where the bodies of a module lie relative to each other: which RVAs several methods share, and where the next body begins.</summary>
internal sealed class BodyOrder
{
    private readonly uint[] _rvas;
    private readonly uint[] _sorted;

    /// <summary>Sorts the RVAs of the MethodDef table.</summary>
    /// <param name="rvas">One a row, zero where there is no body.</param>
    public BodyOrder(uint[] rvas)
    {
        _rvas = rvas;
        _sorted = (uint[])rvas.Clone();
        if (!IsAscending(_sorted))
        {
            Array.Sort(_sorted);
        }
    }

    /// <summary>True if another method has the same body.</summary>
    public bool IsShared(int row)
    {
        uint rva = _rvas[row - 1];
        int at = Array.BinarySearch(_sorted, rva);
        return (at > 0 && _sorted[at - 1] == rva) || (at + 1 < _sorted.Length && _sorted[at + 1] == rva);
    }

    /// <summary>RVA of the next body behind this one, or the largest number.</summary>
    public int NextRva(int row)
    {
        uint rva = _rvas[row - 1];
        int at = Array.BinarySearch(_sorted, rva + 1);
        at = at < 0 ? ~at : at;
        return at < _sorted.Length && _sorted[at] <= int.MaxValue ? (int)_sorted[at] : int.MaxValue;
    }

    private static bool IsAscending(uint[] values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
            {
                return false;
            }
        }

        return true;
    }
}
