using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Further;

/// <summary>Numbers that depend only on their neighbours.</summary>
public static class Orders
{
    /// <summary>A table of sixteen keys for a binary search, each of which must be greater than the one before.</summary>
    [FuzzTarget("further-ascending")]
    public static void Ascending(ReadOnlySpan<byte> input)
    {
        const int Count = 16;
        if (input.Length < Count * sizeof(ushort))
        {
            return;
        }

        int previous = -1;
        for (int i = 0; i < Count; i++)
        {
            int key = BinaryPrimitives.ReadUInt16BigEndian(input[(i * sizeof(ushort))..]);
            if (key <= previous)
            {
                return;
            }

            previous = key;
        }

        throw new PuzzleSolvedException();
    }
}
