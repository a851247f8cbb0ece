using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Execution;

/// <summary>The addresses and values that <c>forge test</c> is known by.</summary>
internal static class FoundryAddresses
{
    /// <summary>Sends everything that names no sender.</summary>
    public static readonly EvmWord Sender = EvmWord.Parse("0x1804c8ab1f12e6bbf3894d4083f33e07309d1f38");

    /// <summary>Where the harness stands: made by <see cref="Sender"/> with nonce 1.</summary>
    public static readonly EvmWord Harness = EvmWord.Parse("0x7fa9385be102ac3eac297483dd6233d62b3e1496");

    /// <summary>Answers cheatcodes.</summary>
    public static readonly EvmWord Cheatcodes = EvmWord.Parse("0x7109709ecfa91a80626ff3989d68f67f5b1dd12d");

    /// <summary>Takes the logs of <c>console</c>.</summary>
    public static readonly EvmWord Console = EvmWord.Parse("0x000000000000000000636f6e736f6c652e6c6f67");

    /// <summary>Makes contracts at addresses that are known before.</summary>
    public static readonly EvmWord Create2Deployer = EvmWord.Parse("0x4e59b44847b379578588920ca78fbf26c0b4956c");

    /// <summary>Wei that forge gives to sender and harness: 2^96 − 1.</summary>
    public static readonly EvmWord InitialBalance = new(0, 0, uint.MaxValue, ulong.MaxValue);

    /// <summary>The code at <see cref="Create2Deployer"/>, public since it was deployed in 2020 on every chain.</summary>
    public static readonly byte[] Create2DeployerCode =
        Convert.FromHexString("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3");

    /// <summary>What a call returns whose assumption does not hold.</summary>
    public static ReadOnlySpan<byte> Assume => "FOUNDRY::ASSUME"u8;

    /// <summary>How the answer of a call begins that wants to be skipped.</summary>
    public static ReadOnlySpan<byte> Skip => "FOUNDRY::SKIP"u8;
}
