using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Classic;

/// <summary>What depends on all bytes at once.</summary>
public static class Checksums
{
    private const int ChecksumSize = 4;

    // The checksum of ABCDEFGHIJ, so that those letters stand nowhere in the program.
    private const uint Joined = 0xE1677ACB;

    /// <summary>The last four bytes are the checksum of the others.</summary>
    [FuzzTarget("SimpleHashTest")]
    public static void Trailer(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 14 && Checksum(input[..^ChecksumSize]) == BinaryPrimitives.ReadUInt32LittleEndian(input[^ChecksumSize..]))
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Ten bytes with a known checksum, half of them in each of two seeds: only joining the seeds gives them.</summary>
    [FuzzTarget("CrossOverTest", MaxLength = 10, Seeds = "Seeds/CrossOver")]
    public static void Halves(ReadOnlySpan<byte> input)
    {
        if (input.Length == 10 && Checksum(input) == Joined)
        {
            throw new PuzzleSolvedException();
        }

        if (input.Length == 0)
        {
            return;
        }

        if (input[0] == 'A')
        {
            Sink.Number++;
        }

        if (input[0] == 'Z')
        {
            Sink.Number--;
        }
    }

    // Jenkins's one-at-a-time hash, begun with a number other than zero.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0x12039854;
        foreach (byte value in bytes)
        {
            hash += value;
            hash += hash << 10;
            hash ^= hash >> 6;
        }

        hash += hash << 3;
        hash ^= hash >> 11;
        return hash + (hash << 15);
    }
}
