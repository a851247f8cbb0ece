using System.Collections.Immutable;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Execution;

/// <summary>What a call sees beside the accounts, and leaves to the next call.</summary>
/// <param name="Number">Number of the block.</param>
/// <param name="Timestamp">Seconds.</param>
/// <param name="Pranks">Pranks that go on, by the depth at which they were begun.</param>
internal sealed record EvmEnvironment(EvmWord Number, EvmWord Timestamp, ImmutableSortedDictionary<int, Prank> Pranks)
{
    /// <summary>Forge's: block 1 at second 1.</summary>
    public static EvmEnvironment Initial { get; } = new(EvmWord.One, EvmWord.One, ImmutableSortedDictionary<int, Prank>.Empty);
}
