namespace Edgewise.Instrumentation.Pdb;

/// <summary>Where the instructions of each rewritten body went: original IL offset to new IL offset, per MethodDef row.</summary>
/// <remarks>
/// Per method a list of steps (old offset, new offset), ascending in both; between two steps the distance is constant.
/// A method without steps was not moved. Several methods that share a body share its steps.
/// </remarks>
public sealed class OffsetMap(int methodCount)
{
    private readonly (int First, int Count)[] _methods = new (int, int)[methodCount + 1];
    private (int Old, int New)[] _steps = [];
    private int _stepCount;

    /// <summary>Highest MethodDef row there is.</summary>
    public int MethodCount => _methods.Length - 1;

    /// <summary>Begins the steps of a method; the next calls of <see cref="AddStep"/> are its own.</summary>
    public void BeginMethod(int row) => _methods[row] = (_stepCount, 0);

    /// <summary>Says that the instruction at <paramref name="oldOffset"/>, and what follows up to the next step, moved to <paramref name="newOffset"/>.</summary>
    public void AddStep(int row, int oldOffset, int newOffset)
    {
        if (_stepCount == _steps.Length)
        {
            Array.Resize(ref _steps, Math.Max(256, 2 * _stepCount));
        }

        _steps[_stepCount++] = (oldOffset, newOffset);
        _methods[row].Count++;
    }

    /// <summary>Gives <paramref name="row"/> the steps of <paramref name="sharedWith"/>, whose body it shares.</summary>
    public void Share(int row, int sharedWith) => _methods[row] = _methods[sharedWith];

    /// <summary>True if the method's body was rewritten.</summary>
    public bool IsMoved(int row) => !Steps(row).IsEmpty;

    /// <summary>The steps of a method, empty where it was not moved or does not exist: rows come from PDBs too.</summary>
    public ReadOnlySpan<(int Old, int New)> Steps(int row) => (uint)row < (uint)_methods.Length
        ? _steps.AsSpan(_methods[row].First, _methods[row].Count)
        : default;

    /// <summary>The new offset of the instruction, or of the body's end, at an original offset.</summary>
    public int Map(int row, int oldOffset) => Map(Steps(row), oldOffset);

    /// <summary>The same for steps that are at hand.</summary>
    internal static int Map(ReadOnlySpan<(int Old, int New)> steps, int oldOffset)
    {
        int low = 0, high = steps.Length - 1;
        if (high < 0 || oldOffset < steps[0].Old)
        {
            return oldOffset;
        }

        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (steps[middle].Old <= oldOffset)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return oldOffset - steps[low].Old + steps[low].New;
    }
}
