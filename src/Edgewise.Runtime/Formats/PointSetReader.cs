using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Edgewise.Runtime.Formats;

/// <summary>Reads what <see cref="PointSetBody"/> wrote; each rule that one keeps, the other checks.</summary>
internal ref struct PointSetReader(PointSetHeader header)
{
    private readonly PointSetHeader _header = header;
    private readonly PointMethod[] _methods = GC.AllocateUninitializedArray<PointMethod>(header.MethodCount);
    private readonly PointBlock[] _blocks = GC.AllocateUninitializedArray<PointBlock>(header.BlockCount);
    private readonly int[] _implying = GC.AllocateUninitializedArray<int>(header.ImplyingCount);
    private readonly int[] _pcs = GC.AllocateUninitializedArray<int>(header.PointCount);
    private readonly PointKind[] _kinds = GC.AllocateUninitializedArray<PointKind>(header.PointCount);
    private int _row;
    private int _rva;
    private int _nextBlock;
    private int _nextPoint;
    private int _nextImplying;

    public PointSet Read(ref ByteReader reader)
    {
        for (int i = 0; i < _methods.Length; i++)
        {
            _methods[i] = ReadMethod(ref reader);
        }

        PointSite[] sites = PointSiteCodec.Read(ref reader, _header.SiteCount);
        if (_nextBlock != _blocks.Length || _nextPoint != _pcs.Length || _nextImplying != _implying.Length || reader.Remaining != 0)
        {
            reader.Fail(
                $"{_nextBlock} blocks, {_nextPoint} points, {_nextImplying} implying blocks and {reader.Remaining} bytes left; "
                + $"{_blocks.Length}, {_pcs.Length}, {_implying.Length} and 0 expected");
        }

        return new PointSet
        {
            ModuleName = _header.ModuleName,
            OriginalHash = _header.OriginalHash,
            Level = _header.Level,
            Features = _header.Features,
            Pruning = _header.Pruning,
            EntryPruned = _header.EntryPruned,
            SelectionHash = _header.SelectionHash,
            Methods = _methods,
            Blocks = _blocks,
            Implying = _implying,
            Pcs = _pcs,
            Kinds = _kinds,
            Sites = sites,
        };
    }

    private PointMethod ReadMethod(ref ByteReader reader)
    {
        int row = _row + reader.Count(BlockCode.HighestRow - _row, "distance to the next method");
        long rva = (long)_rva + reader.Signed();
        int codeSize = reader.Count(BlockCode.LongestBody, "size of a body");
        int blockCount = reader.Count(_blocks.Length - _nextBlock, "number of a method's blocks");
        if (row == _row || rva < 0 || rva + codeSize > int.MaxValue)
        {
            FailMethod(ref reader, row, rva, codeSize);
        }

        _row = row;
        _rva = (int)rva + codeSize;
        int firstBlock = _nextBlock, firstPoint = _nextPoint;
        int offset = 0;
        for (int index = 0; index < blockCount; index++)
        {
            offset += ReadBlock(ref reader, (int)rva, codeSize, offset, index, blockCount);
        }

        if (offset != codeSize)
        {
            FailBody(ref reader, offset, codeSize);
        }

        return new PointMethod(
            BlockCode.MethodDef | row, (int)rva, codeSize, firstBlock, blockCount, firstPoint, _nextPoint - firstPoint);
    }

    /// <summary>Reads one block and returns its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadBlock(ref ByteReader reader, int rva, int codeSize, int offset, int index, int blockCount)
    {
        uint head = reader.Variable();
        uint length = head >> BlockCode.Bits;
        uint code = head & BlockCode.Mask;
        if (length > (uint)(codeSize - offset) || (length == 0) != (code is BlockCode.EdgePoint or BlockCode.EdgeImplied))
        {
            FailBlock(ref reader, code, length, offset, codeSize);
        }

        int point = -1, firstImplying = 0, implyingCount = 0;
        switch (code)
        {
            case BlockCode.Point:
                point = AddPoint(ref reader, rva + offset, index == 0 ? PointKind.Entry : PointKind.Block);
                break;
            case BlockCode.EdgePoint:
            case BlockCode.DisplacedPoint:
                long pc = (long)offset + reader.Signed();
                if (pc < 0 || pc >= codeSize)
                {
                    FailPc(ref reader, pc, codeSize);
                }

                PointKind kind = code == BlockCode.EdgePoint ? PointKind.Edge : index == 0 ? PointKind.Entry : PointKind.Block;
                point = AddPoint(ref reader, rva + (int)pc, kind);
                break;
            case BlockCode.Implied:
            case BlockCode.EdgeImplied:
                implyingCount = reader.Count(Math.Min(blockCount, _implying.Length - _nextImplying), "number of implying blocks");
                firstImplying = implyingCount == 0 ? 0 : _nextImplying;
                ReadImplying(ref reader, index, blockCount, implyingCount);
                break;
            case BlockCode.Silent:
                break;
            case BlockCode.ImpliedByNextTwo:
            case BlockCode.ImpliedByLastTwo:
                implyingCount = 2;
                firstImplying = _nextImplying;
                ReadPair(ref reader, code == BlockCode.ImpliedByNextTwo ? index + 1 : index - 2, blockCount);
                break;
            default:
                FailBlock(ref reader, code, length, offset, codeSize);
                break;
        }

        _blocks[_nextBlock++] = new PointBlock(offset, (int)length, point, firstImplying, implyingCount);
        return (int)length;
    }

    private int AddPoint(ref ByteReader reader, int pc, PointKind kind)
    {
        int point = _nextPoint;
        if ((uint)point >= (uint)_pcs.Length)
        {
            FailPoint(ref reader, _pcs.Length);
        }

        _pcs[point] = pc;
        _kinds[point] = kind;
        _nextPoint = point + 1;
        return point;
    }

    private void ReadPair(ref ByteReader reader, int first, int blockCount)
    {
        if (first < 0 || first + 1 >= blockCount || _implying.Length - _nextImplying < 2)
        {
            reader.Fail($"implying blocks {first} and {first + 1} of a method with {blockCount} blocks");
        }

        _implying[_nextImplying++] = first;
        _implying[_nextImplying++] = first + 1;
    }

    private void ReadImplying(ref ByteReader reader, int index, int blockCount, int count)
    {
        long implying = index;
        for (int i = 0; i < count; i++)
        {
            implying += reader.Signed();
            if (implying < 0 || implying >= blockCount)
            {
                FailImplying(ref reader, implying, blockCount);
            }

            _implying[_nextImplying++] = (int)implying;
        }
    }

    // Apart from the loops, which would otherwise set up for messages that they hardly ever build.
    [DoesNotReturn]
    private readonly void FailMethod(ref ByteReader reader, int row, long rva, int codeSize) =>
        reader.Fail($"a method with row {row} behind row {_row} and its {codeSize} bytes at {rva}");

    [DoesNotReturn]
    private static void FailBody(ref ByteReader reader, int offset, int codeSize) =>
        reader.Fail($"blocks of {offset} bytes in a body of {codeSize}");

    [DoesNotReturn]
    private static void FailBlock(ref ByteReader reader, uint code, uint length, int offset, int codeSize) =>
        reader.Fail($"a block with code {code} and {length} bytes at {offset} in a body of {codeSize}");

    [DoesNotReturn]
    private static void FailPc(ref ByteReader reader, long pc, int codeSize) =>
        reader.Fail($"the PC of a point at {pc} in a body of {codeSize} bytes");

    [DoesNotReturn]
    private static void FailPoint(ref ByteReader reader, int count) =>
        reader.Fail($"more than the {count} points that the header tells of");

    [DoesNotReturn]
    private static void FailImplying(ref ByteReader reader, long implying, int blockCount) =>
        reader.Fail($"implying block {implying} of a method with {blockCount} blocks");
}
