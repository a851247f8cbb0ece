using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Local;

/// <summary>How a frame ended.</summary>
internal enum EvmEnd
{
    /// <summary>STOP, RETURN or SELFDESTRUCT.</summary>
    Returned,

    /// <summary>REVERT, or a call that could not begin: what gas is left goes back.</summary>
    Reverted,

    /// <summary>Out of gas, a bad instruction or jump: all gas is gone.</summary>
    Halted,
}

/// <summary>What a frame came to.</summary>
internal readonly record struct EvmFrameResult(EvmEnd End, byte[] Output, long GasLeft, EvmWord Made = default);

/// <summary>A call between frames, or from outside.</summary>
/// <param name="Caller"><c>msg.sender</c>.</param>
/// <param name="Account">Whose storage and balance it works on.</param>
/// <param name="CodeAddress">Whose code runs.</param>
/// <param name="Input">The calldata.</param>
/// <param name="Value"><c>msg.value</c>.</param>
/// <param name="MovesValue">False for calls that only show a value: DELEGATECALL.</param>
/// <param name="Gas">Gas for it.</param>
/// <param name="IsStatic">True where nothing may change.</param>
/// <param name="Depth">Frames above: 0 for a call from outside.</param>
internal sealed record EvmMessage(EvmWord Caller, EvmWord Account, EvmWord CodeAddress, byte[] Input, EvmWord Value, bool MovesValue, long Gas, bool IsStatic, int Depth);

/// <summary>A frame that is about to run.</summary>
internal sealed record EvmFrameStart(EvmCode Code, EvmMessage Message);
