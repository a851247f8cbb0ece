using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>A contract that the calls of an invariant test may reach, and which of its functions.</summary>
internal sealed class TargetContract(IReadOnlyList<AbiFunction> functions)
{
    private readonly HashSet<uint> _targeted = [], _excluded = [];

    /// <summary>True where functions were named.</summary>
    public bool IsNarrowed => _targeted.Count > 0;

    /// <summary>The functions of the contract.</summary>
    public IReadOnlyList<AbiFunction> Functions => functions;

    /// <summary>Names functions that are meant, and none else; or ones that are not meant.</summary>
    /// <exception cref="ShowmapException">The contract has no such function.</exception>
    public void Add(EvmWord address, IEnumerable<uint> selectors, bool excludes)
    {
        foreach (uint selector in selectors)
        {
            if (functions.All(function => function.Selector != selector))
            {
                throw new ShowmapException($"the harness names the function 0x{selector:x8} of {address.ToAddress()}, whose artifact has no such function");
            }

            (excludes ? _excluded : _targeted).Add(selector);
        }
    }

    /// <summary>True where calls to a function are replayed: one of those named, or else any that can change something.</summary>
    public bool Takes(uint selector) =>
        !_excluded.Contains(selector) && (_targeted.Count > 0 ? _targeted.Contains(selector) : functions.Any(function => function.Selector == selector && !function.IsView));
}
