using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Local;

/// <summary>Precompiled contracts: their prices are known here, their answers are the node's, but for the two that are trivial.</summary>
internal static class Precompiles
{
    private const ulong Sha256 = 2, Ripemd160 = 3, Identity = 4, ModularPower = 5, CurveAdd = 6, CurveMultiply = 7, CurvePairing = 8, Blake2 = 9, PointEvaluation = 10, LastOfPrague = 0x11,
        P256 = 0x100;

    /// <summary>The last of a hard fork, of those that are numbered one after the other.</summary>
    public static ulong Last(EvmFork fork) => fork >= EvmFork.Osaka ? LastOfPrague : fork >= EvmFork.Cancun ? PointEvaluation : Blake2;

    /// <summary>True where a precompiled contract stands at an address.</summary>
    public static bool Has(EvmWord address, EvmFork fork) =>
        address.IsUInt64 && address.Low != 0 && (address.Low <= Last(fork) || (fork >= EvmFork.Cancun && address.Low <= LastOfPrague) || (fork >= EvmFork.Osaka && address.Low == P256));

    /// <summary>Runs one.</summary>
    /// <exception cref="RefusedCallException">Its price is not known here: one of the curve BLS12-381 or P-256.</exception>
    public static EvmFrameResult Run(IChainState chain, EvmMessage message, EvmFork fork)
    {
        byte[] input = message.Input;
        long words = (input.Length + 31L) / 32;
        BigInteger cost = message.CodeAddress.Low switch
        {
            1 => 3000,
            Sha256 => 60 + (12 * words),
            Ripemd160 => 600 + (120 * words),
            Identity => 15 + (3 * words),
            ModularPower => PowerCost(input, fork),
            CurveAdd => 150,
            CurveMultiply => 6000,
            CurvePairing => 45000 + (34000L * (input.Length / 192)),
            Blake2 => input.Length == 213 ? BinaryPrimitives.ReadUInt32BigEndian(input) : 0,
            PointEvaluation => 50000,
            _ => throw new RefusedCallException($"the precompiled contract {message.CodeAddress} in a call with cheatcodes"),
        };
        if (cost > message.Gas)
        {
            return new(EvmEnd.Halted, [], 0);
        }

        byte[]? output = message.CodeAddress.Low switch
        {
            Sha256 => SHA256.HashData(input),
            Identity => input,
            _ => chain.Precompile(message.CodeAddress, input),
        };
        return output is null ? new(EvmEnd.Halted, [], 0) : new(EvmEnd.Returned, output, message.Gas - (long)cost);
    }

    // EIP-2565, and EIP-7883 from Osaka on.
    private static BigInteger PowerCost(byte[] input, EvmFork fork)
    {
        BigInteger number = Field(input, 0, 32), exponent = Field(input, 32, 32), modulus = Field(input, 64, 32);
        int head = exponent > 32 ? 32 : (int)exponent;
        BigInteger first = number > int.MaxValue ? BigInteger.Zero : Field(input, 96 + (int)number, head);
        bool osaka = fork >= EvmFork.Osaka;
        BigInteger longest = BigInteger.Max(number, modulus), words = (longest + 7) / 8;
        BigInteger complexity = !osaka ? words * words : longest <= 32 ? 16 : 2 * words * words;
        BigInteger bits = first.IsZero ? 0 : (BigInteger)first.GetBitLength() - 1;
        BigInteger rounds = exponent <= 32 ? bits : ((osaka ? 16 : 8) * (exponent - 32)) + bits;
        return osaka ? BigInteger.Max(500, complexity * BigInteger.Max(rounds, 1)) : BigInteger.Max(200, complexity * BigInteger.Max(rounds, 1) / 3);
    }

    private static BigInteger Field(byte[] input, int start, int length)
    {
        byte[] field = new byte[length];
        if (start < input.Length)
        {
            input.AsSpan(start, Math.Min(length, input.Length - start)).CopyTo(field);
        }

        return new(field, isUnsigned: true, isBigEndian: true);
    }
}
