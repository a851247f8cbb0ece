using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Documents;

/// <summary>A sound in a WAVE file: chunks in a RIFF container, the format of the samples in one and the samples in another, with sizes that follow from each other.</summary>
public static class WaveFiles
{
    private const int ChunkHeaderSize = 8;
    private const int FormatSize = 16;

    private readonly record struct SampleFormat(int Channels, uint Rate, int BlockSize, int Bits);

    /// <summary>Reads a file, which must hold samples in 24 bits for six channels.</summary>
    [FuzzTarget("document-wave")]
    public static void Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file.Slice(8, 4).SequenceEqual("WAVE"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) != file.Length - ChunkHeaderSize)
        {
            return;
        }

        SampleFormat? format = null;
        ReadOnlySpan<byte> rest = file[12..];
        while (rest.Length >= ChunkHeaderSize)
        {
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (size > rest.Length - ChunkHeaderSize)
            {
                return;
            }

            ReadOnlySpan<byte> content = rest.Slice(ChunkHeaderSize, (int)size);
            if (rest.StartsWith("fmt "u8))
            {
                if (!TryReadFormat(content, out SampleFormat read))
                {
                    return;
                }

                format = read;
            }
            else if (rest.StartsWith("data"u8) && format is { } known && !content.IsEmpty && content.Length % known.BlockSize == 0)
            {
                Play(known);
            }

            // A chunk begins at an even place.
            rest = rest[ChunkHeaderSize..][Math.Min((int)size + ((int)size & 1), rest.Length - ChunkHeaderSize)..];
        }
    }

    private static void Play(SampleFormat format)
    {
        if (format is { Channels: 6, Bits: 24, Rate: 44_100 or 48_000 or 96_000 })
        {
            throw new PuzzleSolvedException();
        }
    }

    private static bool TryReadFormat(ReadOnlySpan<byte> content, out SampleFormat format)
    {
        format = default;
        if (content.Length < FormatSize || BinaryPrimitives.ReadUInt16LittleEndian(content) != 1)
        {
            return false;
        }

        format = new SampleFormat(
            BinaryPrimitives.ReadUInt16LittleEndian(content[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(content[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(content[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(content[14..]));
        return format.Bits is 8 or 16 or 24 or 32 && format.Channels > 0
            && format.BlockSize == format.Channels * (format.Bits / 8)
            && BinaryPrimitives.ReadUInt32LittleEndian(content[8..]) == (ulong)format.Rate * (uint)format.BlockSize;
    }
}
