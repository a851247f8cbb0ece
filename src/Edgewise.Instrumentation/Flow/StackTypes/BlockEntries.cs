using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>The stack at the entry of each block, merged over the paths that lead there, and which blocks are to be visited again.</summary>
internal sealed class BlockEntries
{
    private const int Unreached = -1;
    private const int MostValues = 1 << 20;

    private int[] _depths = new int[64];
    private int[] _starts = new int[64];
    private bool[] _pending = new bool[64];
    private StackValue[] _values = new StackValue[256];
    private int _valueCount;
    private int _pendingCount;
    private int _next;

    /// <summary>Forgets all stacks.</summary>
    public void Begin(int blockCount)
    {
        if (_depths.Length < blockCount)
        {
            int size = Math.Max(blockCount, _depths.Length * 2);
            _depths = new int[size];
            _starts = new int[size];
            _pending = new bool[size];
        }

        Array.Fill(_depths, Unreached, 0, blockCount);
        Array.Clear(_pending, 0, blockCount);
        _valueCount = 0;
        _pendingCount = 0;
        _next = 0;
    }

    /// <summary>True if a path led to a block.</summary>
    public bool IsReached(int block) => _depths[block] != Unreached;

    /// <summary>The stack at a block's entry.</summary>
    public ReadOnlySpan<StackValue> Of(int block) => _values.AsSpan(_starts[block], _depths[block]);

    /// <summary>Leads a path to a block; it is visited again if that tells anything new.</summary>
    /// <exception cref="BodyException">Another path came with a stack of another depth, or the body's stacks are unreasonably large.</exception>
    public void Arrive(int block, ReadOnlySpan<StackValue> stack)
    {
        if (_depths[block] == Unreached)
        {
            Copy(block, stack);
            Enqueue(block);
        }
        else if (_depths[block] != stack.Length)
        {
            throw new BodyException(BodyException.Malformed, $"two paths reach a block with {_depths[block]} and {stack.Length} values on the stack");
        }
        else if (stack.Length > 0 && Merge(_values.AsSpan(_starts[block], stack.Length), stack))
        {
            Enqueue(block);
        }
    }

    /// <summary>Takes the first block, by offset, that is to be visited; those behind it come next, so that loops are left last.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryTake(out int block)
    {
        block = _next;
        if (_pendingCount == 0)
        {
            return false;
        }

        while (!_pending[block])
        {
            block++;
        }

        _pending[block] = false;
        _pendingCount--;
        _next = block + 1;
        return true;
    }

    private static bool Merge(Span<StackValue> known, ReadOnlySpan<StackValue> arriving)
    {
        bool changed = false;
        for (int i = 0; i < known.Length; i++)
        {
            StackValue merged = StackArithmetic.Merge(known[i], arriving[i]);
            changed |= merged != known[i];
            known[i] = merged;
        }

        return changed;
    }

    private void Copy(int block, ReadOnlySpan<StackValue> stack)
    {
        int needed = _valueCount + stack.Length;
        if (needed > _values.Length)
        {
            if (needed > MostValues)
            {
                throw new BodyException(BodyException.Malformed, "the stacks at the entries of its blocks are unreasonably large");
            }

            Array.Resize(ref _values, Math.Max(needed, _values.Length * 2));
        }

        stack.CopyTo(_values.AsSpan(_valueCount));
        _starts[block] = _valueCount;
        _depths[block] = stack.Length;
        _valueCount = needed;
    }

    private void Enqueue(int block)
    {
        if (!_pending[block])
        {
            _pending[block] = true;
            _pendingCount++;
            _next = Math.Min(_next, block);
        }
    }
}
