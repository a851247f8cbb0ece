using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Il;

/// <summary>What is inserted within the blocks of a body, in the order of offsets. Reused from one method to the next.</summary>
/// <remarks>
/// Unlike probes these pieces are written once, before the body is laid out: branches within one are relative, so it does not matter where it goes.
/// Pieces at one offset stand in the order in which they were added; one that takes an instruction's place must be the last of its offset.
/// </remarks>
internal sealed class BodyInsertions
{
    private readonly ByteBuffer _il = new();
    private Insertion[] _pieces = new Insertion[64];
    private int _count;
    private bool _sorted = true;
    private int _offset;
    private int _replaced;
    private int _start;

    /// <summary>The deepest that a piece pushes on top of what is there.</summary>
    public int StackDepth { get; private set; }

    /// <summary>All pieces by offset.</summary>
    public ReadOnlySpan<Insertion> All => _pieces.AsSpan(0, _count);

    /// <summary>The IL of a piece.</summary>
    public ReadOnlySpan<byte> Il(in Insertion piece) => _il.AsSpan(piece.Start, piece.Length);

    /// <summary>Makes ready for another method.</summary>
    public void Clear()
    {
        _il.Clear();
        _count = 0;
        _sorted = true;
        StackDepth = 0;
    }

    /// <summary>Begins a piece; what is written to the buffer until <see cref="End"/> belongs to it.</summary>
    /// <param name="offset">Offset of the instruction that it goes in front of, or of its first prefix.</param>
    /// <param name="replaced">Bytes of the original that it takes the place of.</param>
    public ByteBuffer Begin(int offset, int replaced = 0)
    {
        _offset = offset;
        _replaced = replaced;
        _start = _il.Position;
        return _il;
    }

    /// <summary>Ends the piece.</summary>
    /// <param name="stackDepth">How deep it pushes on top of what was there.</param>
    /// <param name="leavesBody">It ends with a long <c>leave</c>, which is to lead to <see cref="BodyFrame.End"/>.</param>
    public void End(int stackDepth, bool leavesBody = false)
    {
        if (_count == _pieces.Length)
        {
            Array.Resize(ref _pieces, _count * 2);
        }

        _sorted &= _count == 0 || _pieces[_count - 1].Offset <= _offset;
        _pieces[_count++] = new Insertion(_offset, _replaced, _start, _il.Position - _start, leavesBody);
        StackDepth = Math.Max(StackDepth, stackDepth);
    }

    /// <summary>Puts the pieces in order, to be called when all are there.</summary>
    public void Sort()
    {
        if (!_sorted)
        {
            // A piece's start tells the order in which it was added.
            _pieces.AsSpan(0, _count).Sort(static (a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset)
                : (a.Replaced != 0) != (b.Replaced != 0) ? a.Replaced.CompareTo(b.Replaced) : a.Start.CompareTo(b.Start));
            _sorted = true;
        }
    }
}
