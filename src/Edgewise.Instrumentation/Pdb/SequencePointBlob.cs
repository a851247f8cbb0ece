using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Pdb;

/// <summary>The sequence points of one method, as the portable PDB format packs them: each as differences to the one before.</summary>
/// <remarks>
/// A header (local signature, and the document where the method's row names none), then records: a point (distance in IL, lines, columns, and for a
/// visible one the start's distances), or a change of document, told by an IL distance of 0 behind the first point.
/// </remarks>
internal static class SequencePointBlob
{
    private const string Place = "PDB: sequence points";

    // What a compressed number holds; no body reaches it.
    private const int LargestOffset = 0x1FFF_FFFF;

    /// <summary>Writes the same points with their IL offsets moved; lines, columns, hidden points and documents keep their bytes.</summary>
    /// <param name="blob">The original.</param>
    /// <param name="namesDocument">True if the header names the first document: the method's row does not.</param>
    /// <param name="steps">Where the instructions went, from <see cref="OffsetMap.Steps"/>; not empty.</param>
    /// <param name="output">Where the new blob is appended, without its length.</param>
    /// <exception cref="InstrumentationException">The blob is damaged.</exception>
    public static void Move(ReadOnlySpan<byte> blob, bool namesDocument, ReadOnlySpan<(int Old, int New)> steps, ByteBuffer output)
    {
        ByteCursor cursor = new(blob, MetadataDiagnostics.DamagedSymbols, Place);
        cursor.CompressedUInt32();
        if (namesDocument)
        {
            cursor.CompressedUInt32();
        }

        output.WriteBytes(blob[..cursor.Position]);
        long offset = 0;
        int moved = 0;
        int step = 0;
        for (bool isFirst = true; !cursor.AtEnd; isFirst = false)
        {
            int start = cursor.Position;
            uint distance = cursor.CompressedUInt32();
            while (distance == 0 && !isFirst)
            {
                cursor.CompressedUInt32();
                output.WriteBytes(blob[start..cursor.Position]);
                if (cursor.AtEnd)
                {
                    return;
                }

                start = cursor.Position;
                distance = cursor.CompressedUInt32();
            }

            offset += distance;
            while (step + 1 < steps.Length && steps[step + 1].Old <= offset)
            {
                step++;
            }

            long target = offset < steps[step].Old ? offset : offset - steps[step].Old + steps[step].New;
            if (target > LargestOffset || (target <= moved && !isFirst))
            {
                throw new InstrumentationException(MetadataDiagnostics.DamagedSymbols, $"{Place}: offset {offset} lies outside of its method");
            }

            output.WriteCompressedUInt32((uint)(target - moved));
            moved = (int)target;
            start = cursor.Position;
            SkipPosition(ref cursor);
            output.WriteBytes(blob[start..cursor.Position]);
        }
    }

    /// <summary>The document in the header of a blob whose method's row names none; 0 if the blob is empty.</summary>
    /// <exception cref="InstrumentationException">The blob is damaged.</exception>
    public static uint FirstDocument(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty)
        {
            return 0;
        }

        ByteCursor cursor = new(blob, MetadataDiagnostics.DamagedSymbols, Place);
        cursor.CompressedUInt32();
        return cursor.CompressedUInt32();
    }

    // Lines and columns; a hidden point has 0 for both, and no start.
    private static void SkipPosition(ref ByteCursor cursor)
    {
        uint lines = cursor.CompressedUInt32();
        uint columns = cursor.CompressedUInt32();
        if ((lines | columns) != 0)
        {
            cursor.CompressedUInt32();
            cursor.CompressedUInt32();
        }
    }
}
