namespace Edgewise.Showmap.Evm;

/// <summary>What is replayed, and where.</summary>
/// <param name="Node">Where the node listens: <c>http://127.0.0.1:8545</c>.</param>
/// <param name="HarnessPath">The artifact of the harness, <c>out/FILE.t.sol/CONTRACT.json</c>; the other contracts of the project are read from the same <c>out</c>.</param>
public sealed record EvmReplayOptions(Uri Node, string HarnessPath)
{
    /// <summary>The test function of a corpus of a fuzz test, by name or signature; null for a corpus of an invariant test.</summary>
    public string? Function { get; init; }

    /// <summary>Who runs the calls.</summary>
    public EvmEngine Engine { get; init; }

    /// <summary>Gas of a call and of a block. Forge's, unless foundry.toml has another <c>gas_limit</c>.</summary>
    public long GasLimit { get; init; } = 1 << 30;

    /// <summary>How long the node may take for an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
