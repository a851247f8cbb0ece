using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Edgewise.Runtime.Formats;

/// <summary>Writes the methods and blocks of a point set, and holds the set to its invariants while it does.</summary>
internal ref struct PointSetBody(PointSet set)
{
    private readonly PointSet _set = set;
    private readonly ReadOnlySpan<PointBlock> _blocks = set.Blocks;
    private readonly ReadOnlySpan<int> _implying = set.Implying;
    private readonly ReadOnlySpan<int> _pcs = set.Pcs;
    private readonly ReadOnlySpan<PointKind> _kinds = set.Kinds;
    private int _row;
    private int _rva;
    private int _nextBlock;
    private int _nextPoint;
    private int _nextImplying;

    public void Write(ref ByteWriter writer)
    {
        foreach (ref readonly PointMethod method in _set.Methods.AsSpan())
        {
            WriteMethod(ref writer, in method);
        }

        if (_nextBlock != _blocks.Length || _nextPoint != _pcs.Length || _nextPoint != _kinds.Length || _nextImplying != _implying.Length)
        {
            throw new ArgumentException(
                $"{_set.ModuleName}: the methods hold {_nextBlock} blocks, {_nextPoint} points and {_nextImplying} implying blocks, "
                + $"the set {_blocks.Length}, {_pcs.Length} (kinds: {_kinds.Length}) and {_implying.Length}");
        }
    }

    private void WriteMethod(ref ByteWriter writer, in PointMethod method)
    {
        int row = method.Token - BlockCode.MethodDef;
        Require(row > _row && row <= BlockCode.HighestRow, in method, "tokens ascend and are MethodDef tokens");
        Require(method.CodeSize is >= 0 and <= BlockCode.LongestBody, in method, "the size of a body");
        Require(method.Rva >= 0 && method.Rva <= int.MaxValue - method.CodeSize, in method, "the RVA of a body");
        Require(method.FirstBlock == _nextBlock && method.FirstPoint == _nextPoint, in method, "blocks and points are consecutive");
        Require((uint)method.BlockCount <= (uint)(_blocks.Length - _nextBlock), in method, "the number of blocks");
        writer.Reserve(20);
        writer.Variable((uint)(row - _row));
        writer.Signed(method.Rva - _rva);
        writer.Variable((uint)method.CodeSize);
        writer.Variable((uint)method.BlockCount);
        _row = row;
        // Bodies mostly follow each other, so the distance from the last one's end is small.
        _rva = method.Rva + method.CodeSize;
        int offset = 0;
        for (int index = 0; index < method.BlockCount; index++)
        {
            ref readonly PointBlock block = ref _blocks[_nextBlock++];
            Require(block.Start == offset && (uint)block.Length <= (uint)(method.CodeSize - offset), in method, "blocks tile the body");
            WriteBlock(ref writer, in method, in block, index);
            offset += block.Length;
        }

        Require(offset == method.CodeSize, in method, "blocks tile the body");
        Require(_nextPoint == method.FirstPoint + method.PointCount, in method, "the number of points");
    }

    private void WriteBlock(ref ByteWriter writer, in PointMethod method, in PointBlock block, int index)
    {
        writer.Reserve(10);
        uint length = (uint)block.Length << BlockCode.Bits;
        if (block.Point < 0)
        {
            WriteImplied(ref writer, in method, in block, index, length);
            return;
        }

        Require(block.Point == _nextPoint && block.Point < _pcs.Length && block.Point < _kinds.Length, in method, "points are dense");
        Require(block.ImplyingCount == 0, in method, "a block with a point is not implied");
        PointKind kind = block.IsEdge ? PointKind.Edge : index == 0 ? PointKind.Entry : PointKind.Block;
        Require(_kinds[_nextPoint] == kind, in method, "the kind of a point is that of its block");
        int pc = _pcs[_nextPoint++] - method.Rva;
        Require((uint)pc < (uint)method.CodeSize, in method, "the PC of a point lies in its body");
        int distance = pc - block.Start;
        if (block.IsEdge)
        {
            writer.Variable(BlockCode.EdgePoint);
            writer.Signed(distance);
        }
        else if (distance == 0)
        {
            writer.Variable(length | BlockCode.Point);
        }
        else
        {
            writer.Variable(length | BlockCode.DisplacedPoint);
            writer.Signed(distance);
        }
    }

    private void WriteImplied(ref ByteWriter writer, in PointMethod method, in PointBlock block, int index, uint length)
    {
        if (block.ImplyingCount == 0 && !block.IsEdge)
        {
            writer.Variable(length | BlockCode.Silent);
            return;
        }

        Require(
            (block.ImplyingCount == 0 || block.FirstImplying == _nextImplying)
                && (uint)block.ImplyingCount <= (uint)Math.Min(method.BlockCount, _implying.Length - _nextImplying),
            in method,
            "implying blocks are consecutive, and each is told once");
        if (TryWritePair(ref writer, in method, in block, index, length))
        {
            return;
        }

        writer.Variable(length | (uint)(block.IsEdge ? BlockCode.EdgeImplied : BlockCode.Implied));
        writer.Variable((uint)block.ImplyingCount);
        writer.Reserve(5 * block.ImplyingCount);
        int previous = index;
        for (int i = 0; i < block.ImplyingCount; i++)
        {
            int implying = _implying[_nextImplying++];
            Require((uint)implying < (uint)method.BlockCount, in method, "an implying block is one of the method's");
            writer.Signed(implying - previous);
            previous = implying;
        }
    }

    private bool TryWritePair(ref ByteWriter writer, in PointMethod method, in PointBlock block, int index, uint length)
    {
        if (block.IsEdge || block.ImplyingCount != 2)
        {
            return false;
        }

        (int first, int second) = (_implying[_nextImplying], _implying[_nextImplying + 1]);
        bool next = first == index + 1 && second == index + 2 && second < method.BlockCount;
        bool last = first == index - 2 && second == index - 1 && first >= 0;
        if (!next && !last)
        {
            return false;
        }

        writer.Variable(length | (uint)(next ? BlockCode.ImpliedByNextTwo : BlockCode.ImpliedByLastTwo));
        _nextImplying += 2;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Require(bool condition, in PointMethod method, string rule)
    {
        if (!condition)
        {
            Refuse(method.Token, rule);
        }
    }

    [DoesNotReturn]
    private readonly void Refuse(int token, string rule) =>
        throw new ArgumentException($"{_set.ModuleName}, method {token:x8}: broken rule: {rule}");
}
