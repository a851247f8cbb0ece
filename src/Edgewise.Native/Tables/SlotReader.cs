using System.Buffers.Binary;
using System.Text;
using Edgewise.Runtime.Formats;

namespace Edgewise.Native.Tables;

/// <summary>Decodes records of the tables. Those that are written while they are read have a sequence number, which is odd meanwhile.</summary>
internal static class SlotReader
{
    private const int SequenceOffset = 8;
    private const int Tries = 64;

    /// <summary>Decodes an object.</summary>
    public static NativeObject Object(int number, ReadOnlySpan<byte> record)
    {
        int size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(record[TablesLayout.ObjectBuildIdSize..]), TablesLayout.LargestBuildId);
        ReadOnlySpan<byte> path = record[TablesLayout.ObjectPath..];
        int end = path.IndexOf((byte)0);
        return new NativeObject(
            number,
            Encoding.UTF8.GetString(end < 0 ? path : path[..end]),
            Convert.ToHexStringLower(record.Slice(TablesLayout.ObjectBuildId, size)),
            BinaryPrimitives.ReadUInt64LittleEndian(record),
            BinaryPrimitives.ReadInt32LittleEndian(record[TablesLayout.ObjectGone..]) != 0);
    }

    /// <summary>A copy of a record as it was between two writes; false where it is free, or where somebody writes it all the time or died over it.</summary>
    public static bool TryCopy(ReadOnlySpan<byte> record, Span<byte> copy)
    {
        for (int tries = 0; tries < Tries; tries++)
        {
            uint before = Volatile.Read(ref System.Runtime.CompilerServices.Unsafe.As<byte, uint>(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(record[SequenceOffset..])));
            record.CopyTo(copy);
            Thread.MemoryBarrier();
            uint after = BinaryPrimitives.ReadUInt32LittleEndian(record[SequenceOffset..]);
            if (before == after && (before & 1) == 0)
            {
                return before != 0 && BinaryPrimitives.ReadUInt64LittleEndian(copy) != 0;
            }
        }

        return false;
    }

    /// <summary>Decodes what stands in the copy of a site's record, without the cases of a switch.</summary>
    public static NativeCompare Compare(ReadOnlySpan<byte> copy, NativePlace place, IReadOnlyList<ulong> cases) => new(
        place,
        (SiteKind)copy[12],
        copy[13],
        BinaryPrimitives.ReadUInt64LittleEndian(copy[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(copy[24..]),
        BinaryPrimitives.ReadUInt32LittleEndian(copy[32..]),
        cases);

    /// <summary>Decodes the copy of a record of bytes or strings.</summary>
    public static NativeSequence Sequence(ReadOnlySpan<byte> copy, NativePlace place)
    {
        uint left = BinaryPrimitives.ReadUInt32LittleEndian(copy[16..]), right = BinaryPrimitives.ReadUInt32LittleEndian(copy[20..]);
        return new NativeSequence(
            place,
            copy[12] != 0,
            copy[13] != 0,
            copy.Slice(24, (int)Math.Min(left, TablesLayout.SequenceBytes)).ToArray(),
            copy.Slice(24 + TablesLayout.SequenceBytes, (int)Math.Min(right, TablesLayout.SequenceBytes)).ToArray(),
            left,
            right);
    }
}
