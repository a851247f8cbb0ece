using System.Collections;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.State;

/// <summary>Code of a contract, or init code: its bytes, what names it, and where a jump may go.</summary>
internal sealed class EvmCode(byte[] bytes)
{
    private const byte JumpDestination = 0x5b, FirstPush = 0x60, LastPush = 0x7f;
    private EvmWord? _hash;
    private string? _hexadecimal;
    private BitArray? _destinations;

    /// <summary>No code: that of an account that is no contract.</summary>
    public static EvmCode Empty { get; } = new([]);

    /// <summary>The bytes.</summary>
    public byte[] Bytes => bytes;

    /// <summary>The bytes as JSON-RPC writes them.</summary>
    public string Hexadecimal => _hexadecimal ??= "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Keccak-256 of the bytes.</summary>
    public EvmWord Hash => _hash ??= Keccak256.Hash(bytes);

    /// <summary>The address whose code runs instead, where an account delegates (EIP-7702).</summary>
    public EvmWord? Delegate => bytes is [0xef, 0x01, 0x00, ..] && bytes.Length == 23 ? EvmWord.FromBytes(bytes.AsSpan(3)) : null;

    /// <summary>True where an instruction JUMPDEST stands, not a byte of a PUSH.</summary>
    public bool IsJumpDestination(EvmWord place) => place.IsUInt64 && place.Low < (ulong)bytes.Length && (_destinations ??= Destinations())[(int)place.Low];

    private BitArray Destinations()
    {
        BitArray destinations = new(bytes.Length);
        for (int place = 0; place < bytes.Length; place++)
        {
            if (bytes[place] == JumpDestination)
            {
                destinations[place] = true;
            }
            else if (bytes[place] is >= FirstPush and <= LastPush)
            {
                place += bytes[place] - FirstPush + 1;
            }
        }

        return destinations;
    }
}
