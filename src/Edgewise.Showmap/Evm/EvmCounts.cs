using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm;

/// <summary>How often each instruction ran: by the hash of the code that it stands in, and its place there. Counts saturate.</summary>
public sealed class EvmCounts
{
    // A PUSH that the code ends in leaves the place up to 33 bytes behind it, where the EVM stops.
    private const int Padding = 34;
    private readonly Dictionary<EvmWord, ulong[]> _codes = [];
    private EvmWord _lastHash;
    private ulong[]? _lastCode;

    /// <summary>True where nothing was counted.</summary>
    public bool IsEmpty => _codes.Values.All(static counts => counts.AsSpan().IndexOfAnyExcept(0UL) < 0);

    /// <summary>Everything that was counted at least once, by hash, then by place.</summary>
    public IEnumerable<(EvmWord CodeHash, int Pc, ulong Count)> Points
    {
        get
        {
            foreach ((EvmWord hash, ulong[] counts) in _codes.OrderBy(static code => code.Key))
            {
                for (int pc = 0; pc < counts.Length; pc++)
                {
                    if (counts[pc] != 0)
                    {
                        yield return (hash, pc, counts[pc]);
                    }
                }
            }
        }
    }

    /// <summary>Counts one instruction.</summary>
    /// <param name="codeHash">Keccak-256 of the code that runs: of a delegate, not of the account; of init code itself while a contract is made.</param>
    /// <param name="codeLength">Bytes of that code. The place may stand behind its end, where the EVM stops.</param>
    /// <param name="pc">The place in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is beyond the code.</exception>
    public void Add(EvmWord codeHash, int codeLength, int pc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pc);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pc, codeLength + Padding);
        ulong[] counts = Of(codeHash, codeLength);
        counts[pc] = Sum(counts[pc], 1);
    }

    /// <summary>Adds what another run counted.</summary>
    public void Add(EvmCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((EvmWord hash, ulong[] counts) in other._codes)
        {
            ulong[] sums = Of(hash, counts.Length - Padding);
            for (int pc = 0; pc < counts.Length; pc++)
            {
                sums[pc] = Sum(sums[pc], counts[pc]);
            }
        }
    }

    private static ulong Sum(ulong a, ulong b) => a + b < a ? ulong.MaxValue : a + b;

    private ulong[] Of(EvmWord hash, int length)
    {
        if (_lastCode is null || hash != _lastHash)
        {
            if (!_codes.TryGetValue(hash, out ulong[]? counts))
            {
                _codes.Add(hash, counts = new ulong[length + Padding]);
            }

            (_lastHash, _lastCode) = (hash, counts);
        }

        return _lastCode;
    }
}
