using System.Collections.Immutable;
using Edgewise.Showmap.Evm.Cheats;
using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Local;

/// <summary>Runs one transaction with Foundry's cheatcodes: the frames of it, what they see of block and origin, and the pranks.</summary>
internal sealed class EvmMachine(EvmWorld world, EvmFork fork, EvmWord origin, EvmEnvironment environment, EvmWord chainId, long gasLimit)
{
    private const int DepthLimit = 1024, DepositCost = 200;
    private ImmutableSortedDictionary<int, Prank> _pranks = environment.Pranks;

    public EvmWorld World => world;

    public EvmFork Fork => fork;

    public EvmCounts Counts { get; } = new();

    public EvmWord Origin { get; private set; } = origin;

    public EvmWord Number { get; set; } = environment.Number;

    public EvmWord Timestamp { get; set; } = environment.Timestamp;

    public EvmWord ChainId => chainId;

    public long GasLimit => gasLimit;

    /// <summary>What the next transaction sees.</summary>
    public EvmEnvironment Environment => new(Number, Timestamp, _pranks);

    /// <summary>Runs a call.</summary>
    public EvmFrameResult Call(EvmMessage message)
    {
        if (message.CodeAddress == FoundryAddresses.Cheatcodes && message.Account == message.CodeAddress)
        {
            return Cheatcodes.Answer(this, message);
        }

        message = message with { Caller = Pranked(message.Caller, message.Depth) };
        EvmFrameResult result = CallAsIs(message);
        if (message.CodeAddress != FoundryAddresses.Console)
        {
            EndPrank(message.Depth);
        }

        return result;
    }

    /// <summary>Makes a contract.</summary>
    public EvmFrameResult Make(EvmWord caller, EvmWord value, byte[] initCode, EvmWord? salt, long gas, int depth)
    {
        EvmFrameResult result = MakeAsIs(Pranked(caller, depth), value, new(initCode), salt, gas, depth);
        EndPrank(depth);
        return result;
    }

    /// <summary>Begins a prank. An answer other than null says why it cannot begin.</summary>
    public string? BeginPrank(EvmMessage message, EvmWord newCaller, EvmWord? newOrigin, bool isSingle)
    {
        world.Warm(newCaller);
        if (PrankAt(message.Depth) is { } running)
        {
            if (!running.IsUsed)
            {
                return "cannot overwrite a prank until it is applied at least once";
            }

            if (running.IsSingle != isSingle)
            {
                return "cannot override an ongoing prank with a single vm.prank; use vm.startPrank to override the current prank";
            }
        }

        _pranks = _pranks.SetItem(message.Depth, new(message.Caller, Origin, newCaller, newOrigin, isSingle, IsUsed: false));
        return null;
    }

    /// <summary>Ends the pranks of a depth.</summary>
    public void StopPrank(int depth) => _pranks = _pranks.Remove(depth);

    /// <summary>The address of a contract that an account makes: of the account and its nonce, or of the account, a salt and the init code (EIP-1014).</summary>
    public static EvmWord AddressOf(EvmWord maker, ulong nonce)
    {
        byte[] number = [.. ((EvmWord)nonce).ToBytes().SkipWhile(static digit => digit == 0)];
        byte[] encoded = nonce < 0x80 && nonce > 0 ? number : [(byte)(0x80 + number.Length), .. number];
        return Keccak256.Hash([(byte)(0xc0 + 21 + encoded.Length), 0x94, .. maker.ToBytes().AsSpan(12), .. encoded]).Address;
    }

    private static EvmWord AddressOf(EvmWord maker, EvmWord salt, EvmCode initCode) =>
        Keccak256.Hash([0xff, .. maker.ToBytes().AsSpan(12), .. salt.ToBytes(), .. initCode.Hash.ToBytes()]).Address;

    private EvmFrameResult CallAsIs(EvmMessage message)
    {
        if (message.Depth > DepthLimit)
        {
            return new(EvmEnd.Reverted, [], message.Gas);
        }

        int checkpoint = world.Checkpoint;
        if (message.MovesValue && !world.Transfer(message.Caller, message.Account, message.Value))
        {
            return new(EvmEnd.Reverted, [], message.Gas);
        }

        EvmCode code = world.Code(message.CodeAddress);
        code = code.Delegate is { } other ? world.Code(other) : code;
        EvmFrameResult result = Precompiles.Has(message.CodeAddress, fork) ? Precompiles.Run(world.Chain, message, fork)
            : code.Bytes.Length == 0 ? new(EvmEnd.Returned, [], message.Gas)
            : new EvmFrame(this, code, message).Run();
        if (result.End != EvmEnd.Returned)
        {
            world.Revert(checkpoint);
        }

        return result;
    }

    private EvmFrameResult MakeAsIs(EvmWord caller, EvmWord value, EvmCode initCode, EvmWord? salt, long gas, int depth)
    {
        ulong nonce = world.Nonce(caller);
        if (depth > DepthLimit || world.Balance(caller) < value || nonce == ulong.MaxValue)
        {
            return new(EvmEnd.Reverted, [], gas);
        }

        world.SetNonce(caller, nonce + 1);
        EvmWord address = salt is { } salted ? AddressOf(caller, salted, initCode) : AddressOf(caller, nonce);
        world.Warm(address);
        if (world.Nonce(address) != 0 || world.Code(address).Bytes.Length != 0)
        {
            return new(EvmEnd.Halted, [], 0);
        }

        int checkpoint = world.Checkpoint;
        world.Make(address);
        world.Transfer(caller, address, value);
        EvmFrameResult result = initCode.Bytes.Length == 0 ? new(EvmEnd.Returned, [], gas)
            : new EvmFrame(this, initCode, new(caller, address, address, [], value, true, gas, false, depth)).Run();
        if (result.End == EvmEnd.Returned)
        {
            long left = result.GasLeft - ((long)DepositCost * result.Output.Length);
            result = left < 0 || result.Output is [0xef, ..] ? new(EvmEnd.Halted, [], 0) : result with { GasLeft = left, Made = address };
        }

        if (result.End == EvmEnd.Returned)
        {
            world.SetCode(address, new(result.Output));
        }
        else
        {
            world.Revert(checkpoint);
        }

        return result;
    }

    // The prank of this depth, or of the nearest above.
    private Prank? PrankAt(int depth) => NearestDepth(depth) is { } nearest ? _pranks[nearest] : null;

    private int? NearestDepth(int depth)
    {
        int? nearest = null;
        foreach (int begun in _pranks.Keys)
        {
            nearest = begun <= depth ? begun : nearest;
        }

        return nearest;
    }

    // At its depth a prank changes msg.sender; there and deeper, tx.origin.
    private EvmWord Pranked(EvmWord caller, int depth)
    {
        if (NearestDepth(depth) is not { } begun || _pranks[begun] is not { } prank || caller != prank.Caller)
        {
            return caller;
        }

        bool applies = begun == depth;
        if (prank.NewOrigin is { } newOrigin)
        {
            Origin = newOrigin;
            applies = true;
        }

        if (applies && !prank.IsUsed)
        {
            _pranks = _pranks.SetItem(depth, prank with { IsUsed = true });
        }

        if (begun != depth)
        {
            return caller;
        }

        world.Warm(prank.NewCaller);
        return prank.NewCaller;
    }

    private void EndPrank(int depth)
    {
        if (_pranks.TryGetValue(depth, out Prank? prank))
        {
            Origin = prank.Origin;
            _pranks = prank.IsSingle ? _pranks.Remove(depth) : _pranks;
        }
    }
}
