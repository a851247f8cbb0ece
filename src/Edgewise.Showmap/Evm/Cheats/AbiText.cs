using System.Text;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Cheats;

/// <summary>The little of Solidity's ABI that cheatcodes need.</summary>
internal static class AbiText
{
    /// <summary>The first four bytes of the hash of a signature, as a number.</summary>
    public static uint Selector(string signature) => (uint)(Keccak256.Hash(Encoding.UTF8.GetBytes(signature)).High >> 32);

    /// <summary>The selector that calldata begins with; null where it is shorter.</summary>
    public static uint? SelectorOf(ReadOnlySpan<byte> calldata) => calldata.Length < 4 ? null : (uint)EvmWord.FromBytes(calldata[..4]).Low;

    /// <summary>An argument, of those that take a word; zeros where the calldata ends.</summary>
    public static EvmWord Argument(ReadOnlySpan<byte> calldata, int index)
    {
        int start = Math.Min(4 + (index * EvmWord.Size), calldata.Length), count = Math.Min(EvmWord.Size, calldata.Length - start);
        return count == 0 ? EvmWord.Zero : EvmWord.FromBytes(calldata.Slice(start, count)) << (8 * (EvmWord.Size - count));
    }

    /// <summary>An argument of type <c>bytes</c> or <c>string</c>; null where it does not lie in the calldata.</summary>
    public static byte[]? Bytes(ReadOnlySpan<byte> calldata, int index)
    {
        EvmWord offset = Argument(calldata, index);
        if (!offset.IsUInt64 || offset.Low > (ulong)calldata.Length || 4 + (int)offset.Low + EvmWord.Size > calldata.Length)
        {
            return null;
        }

        int start = 4 + (int)offset.Low;
        EvmWord length = EvmWord.FromBytes(calldata.Slice(start, EvmWord.Size));
        return length.IsUInt64 && length.Low <= (ulong)(calldata.Length - start - EvmWord.Size) ? calldata.Slice(start + EvmWord.Size, (int)length.Low).ToArray() : null;
    }

    /// <summary>What a failed cheatcode reverts with: <c>CheatcodeError(string)</c>.</summary>
    public static byte[] Error(string message)
    {
        byte[] text = Encoding.UTF8.GetBytes(message);
        byte[] selector = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(selector, Selector("CheatcodeError(string)"));
        return [.. selector, .. ((EvmWord)(ulong)EvmWord.Size).ToBytes(), .. ((EvmWord)(ulong)text.Length).ToBytes(), .. text, .. new byte[(EvmWord.Size - (text.Length % EvmWord.Size)) % EvmWord.Size]];
    }
}
