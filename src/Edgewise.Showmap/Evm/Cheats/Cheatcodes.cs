using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.Local;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Cheats;

/// <summary>Answers the cheatcodes that a replay knows. They cost the call nothing beyond its own price, as in forge.</summary>
internal static class Cheatcodes
{
    private delegate byte[] Answering(EvmMachine machine, EvmMessage message);

    private static readonly Dictionary<uint, Answering> Known = All().ToDictionary(static cheat => AbiText.Selector(cheat.Signature), static cheat => cheat.Answer);

    // A node answers these by itself: they change nothing but, for the first, whether the call goes on.
    private static readonly HashSet<uint> Plain = [.. new[] { "assume(bool)", "label(address,string)" }.Select(AbiText.Selector)];

    /// <summary>What stands at the address of the cheatcodes in forge.</summary>
    public static EvmCode Placeholder { get; } = new([0]);

    /// <summary>
    /// What stands there while a node runs a call: code that reverts with FOUNDRY::ASSUME where <c>assume</c> is given 0, and otherwise stops. A call that uses any cheatcode that is
    /// not plain is not taken from the node.
    /// </summary>
    public static EvmCode Stub { get; } = new([
        0x60, 0x00, 0x35, 0x60, 0xe0, 0x1c, 0x63, 0x4c, 0x63, 0xe5, 0x62, 0x14, 0x60, 0x10, 0x57, 0x00, // selector of assume(bool)? else STOP
        0x5b, 0x60, 0x04, 0x35, 0x15, 0x60, 0x19, 0x57, 0x00, // argument 0? else STOP
        0x5b, 0x6e, .. FoundryAddresses.Assume, 0x60, 0x00, 0x52, 0x60, 0x0f, 0x60, 0x11, 0xfd]);

    /// <summary>True where a node's answer to this cheatcode is forge's.</summary>
    public static bool IsPlain(uint? selector) => selector is { } known && Plain.Contains(known);

    /// <summary>Answers a call to the address of the cheatcodes.</summary>
    /// <exception cref="RefusedCallException">The cheatcode is not known here.</exception>
    public static EvmFrameResult Answer(EvmMachine machine, EvmMessage message)
    {
        uint? selector = AbiText.SelectorOf(message.Input);
        if (selector is not { } known || !Known.TryGetValue(known, out Answering? answer))
        {
            throw new RefusedCallException(CheatcodeNames.Of(selector));
        }

        try
        {
            return new(EvmEnd.Returned, answer(machine, message), message.Gas);
        }
        catch (CheatcodeFailure failure)
        {
            return new(EvmEnd.Reverted, failure.Output, message.Gas);
        }
    }

    private static IEnumerable<(string Signature, Answering Answer)> All() =>
    [
        ("assume(bool)", static (_, message) => Flag(message) ? [] : throw new CheatcodeFailure(FoundryAddresses.Assume.ToArray())),
        ("skip(bool)", static (_, message) => !Flag(message) ? [] : throw new CheatcodeFailure(FoundryAddresses.Skip.ToArray())),
        ("skip(bool,string)", static (_, message) => !Flag(message) ? [] : throw new CheatcodeFailure([.. FoundryAddresses.Skip, .. AbiText.Bytes(message.Input, 1) ?? []])),
        ("label(address,string)", static (_, _) => []),
        ("warp(uint256)", static (machine, message) => Do(() => machine.Timestamp = Argument(message, 0))),
        ("roll(uint256)", static (machine, message) => Do(() => machine.Number = Argument(message, 0))),
        ("getBlockTimestamp()", static (machine, _) => machine.Timestamp.ToBytes()),
        ("getBlockNumber()", static (machine, _) => machine.Number.ToBytes()),
        ("deal(address,uint256)", static (machine, message) => Do(() => machine.World.SetBalance(Touched(machine, message), Argument(message, 1)))),
        ("prank(address)", static (machine, message) => Begin(machine, message, null, isSingle: true)),
        ("prank(address,address)", static (machine, message) => Begin(machine, message, Argument(message, 1).Address, isSingle: true)),
        ("startPrank(address)", static (machine, message) => Begin(machine, message, null, isSingle: false)),
        ("startPrank(address,address)", static (machine, message) => Begin(machine, message, Argument(message, 1).Address, isSingle: false)),
        ("stopPrank()", static (machine, message) => Do(() => machine.StopPrank(message.Depth))),
        ("store(address,bytes32,bytes32)", static (machine, message) => Do(() => Store(machine, message))),
        ("load(address,bytes32)", static (machine, message) => Load(machine, message)),
        ("etch(address,bytes)", static (machine, message) => Do(() => Etch(machine, message))),
        ("getNonce(address)", static (machine, message) => ((EvmWord)machine.World.Nonce(Touched(machine, message))).ToBytes()),
        ("addr(uint256)", static (_, message) => Secp256k1.AddressOf(Argument(message, 0)) is { } address ? address.ToBytes() : throw Failed("private key is not one of secp256k1")),
        .. Assertions(),
    ];

    private static IEnumerable<(string Signature, Answering Answer)> Assertions()
    {
        foreach ((string name, string[] types, Func<EvmWord, EvmWord, bool, bool> holds) in new (string, string[], Func<EvmWord, EvmWord, bool, bool>)[]
        {
            ("assertTrue", ["bool"], static (a, _, _) => !a.IsZero),
            ("assertFalse", ["bool"], static (a, _, _) => a.IsZero),
            ("assertEq", ["bool", "uint256", "int256", "address", "bytes32"], static (a, b, _) => a == b),
            ("assertNotEq", ["bool", "uint256", "int256", "address", "bytes32"], static (a, b, _) => a != b),
            ("assertLt", ["uint256", "int256"], static (a, b, signed) => Compare(a, b, signed) < 0),
            ("assertLe", ["uint256", "int256"], static (a, b, signed) => Compare(a, b, signed) <= 0),
            ("assertGt", ["uint256", "int256"], static (a, b, signed) => Compare(a, b, signed) > 0),
            ("assertGe", ["uint256", "int256"], static (a, b, signed) => Compare(a, b, signed) >= 0),
        })
        {
            foreach (string type in types)
            {
                bool single = name is "assertTrue" or "assertFalse", signed = type == "int256";
                string parameters = single ? type : $"{type},{type}";
                Answering answer = (_, message) => holds(Argument(message, 0), Argument(message, 1), signed) ? [] : throw Failed("assertion failed");
                yield return ($"{name}({parameters})", answer);
                yield return ($"{name}({parameters},string)", answer);
            }
        }
    }

    private static int Compare(EvmWord a, EvmWord b, bool signed) => signed ? a.ToSignedInteger().CompareTo(b.ToSignedInteger()) : a.CompareTo(b);

    private static byte[] Begin(EvmMachine machine, EvmMessage message, EvmWord? newOrigin, bool isSingle) =>
        machine.BeginPrank(message, Argument(message, 0).Address, newOrigin, isSingle) is { } reason ? throw Failed(reason) : [];

    private static void Store(EvmMachine machine, EvmMessage message)
    {
        EvmWord address = NoPrecompile(machine, message);
        machine.World.Warm(address, Argument(message, 1));
        machine.World.SetStorage(address, Argument(message, 1), Argument(message, 2));
    }

    private static byte[] Load(EvmMachine machine, EvmMessage message)
    {
        EvmWord address = NoPrecompile(machine, message);
        machine.World.Warm(address, Argument(message, 1));
        return machine.World.Storage(address, Argument(message, 1)).ToBytes();
    }

    private static void Etch(EvmMachine machine, EvmMessage message) =>
        machine.World.SetCode(NoPrecompile(machine, message), new(AbiText.Bytes(message.Input, 1) ?? throw Failed("the code of vm.etch is not in the calldata")));

    private static EvmWord NoPrecompile(EvmMachine machine, EvmMessage message) =>
        Precompiles.Has(Argument(message, 0).Address, machine.Fork) ? throw Failed("cannot use precompile as an argument") : Touched(machine, message);

    private static EvmWord Touched(EvmMachine machine, EvmMessage message)
    {
        EvmWord address = Argument(message, 0).Address;
        machine.World.Warm(address);
        return address;
    }

    private static bool Flag(EvmMessage message) => !Argument(message, 0).IsZero;

    private static EvmWord Argument(EvmMessage message, int index) => AbiText.Argument(message.Input, index);

    private static byte[] Do(Action effect)
    {
        effect();
        return [];
    }

    private static CheatcodeFailure Failed(string reason) => new(AbiText.Error(reason));

    private sealed class CheatcodeFailure(byte[] output) : Exception
    {
        public byte[] Output => output;
    }
}
