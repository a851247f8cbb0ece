using System.Buffers.Binary;
using System.Numerics;

namespace Edgewise.Showmap.Evm.Words;

/// <summary>Keccak-256 as Ethereum uses it: the competition's padding 0x01, where SHA-3 of FIPS 202, and with it .NET's, pads with 0x06.</summary>
public static class Keccak256
{
    private const int Rate = 136, Lanes = 25;

    // The round constants and rotations of FIPS 202, sections 3.2.2 and 3.2.5, in the order in which rho and pi walk the lanes.
    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    private static ReadOnlySpan<byte> Rotations => [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    private static ReadOnlySpan<byte> Walk => [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    /// <summary>The hash of some bytes.</summary>
    public static EvmWord Hash(ReadOnlySpan<byte> data)
    {
        Span<ulong> state = stackalloc ulong[Lanes];
        state.Clear();
        for (; data.Length >= Rate; data = data[Rate..])
        {
            Absorb(state, data[..Rate]);
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x01;
        last[Rate - 1] |= 0x80;
        Absorb(state, last);
        Span<byte> hash = stackalloc byte[EvmWord.Size];
        for (int lane = 0; lane < 4; lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash[(lane * 8)..], state[lane]);
        }

        return EvmWord.FromBytes(hash);
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (int lane = 0; lane < Rate / 8; lane++)
        {
            state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * 8)..]);
        }

        Span<ulong> column = stackalloc ulong[5];
        foreach (ulong constant in RoundConstants)
        {
            for (int x = 0; x < 5; x++)
            {
                column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            }

            for (int x = 0; x < 5; x++)
            {
                ulong theta = column[(x + 4) % 5] ^ BitOperations.RotateLeft(column[(x + 1) % 5], 1);
                for (int y = 0; y < Lanes; y += 5)
                {
                    state[x + y] ^= theta;
                }
            }

            ulong moved = state[1];
            for (int step = 0; step < Walk.Length; step++)
            {
                ulong next = state[Walk[step]];
                state[Walk[step]] = BitOperations.RotateLeft(moved, Rotations[step]);
                moved = next;
            }

            for (int y = 0; y < Lanes; y += 5)
            {
                ulong a = state[y], b = state[y + 1], c = state[y + 2], d = state[y + 3], e = state[y + 4];
                state[y] = a ^ (~b & c);
                state[y + 1] = b ^ (~c & d);
                state[y + 2] = c ^ (~d & e);
                state[y + 3] = d ^ (~e & a);
                state[y + 4] = e ^ (~a & b);
            }

            state[0] ^= constant;
        }
    }
}
