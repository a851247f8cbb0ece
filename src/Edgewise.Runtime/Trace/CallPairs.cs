using System.Runtime.InteropServices;
using Edgewise.Runtime.Map;

namespace Edgewise.Runtime.Trace;

/// <summary>
/// The indirect calls that happened, each once: from which site, to which method. There is no limit of callees a site. All copies of the Runtime
/// in a process use one set.
/// </summary>
internal readonly struct CallPairs
{
    /// <summary>The callee that nobody knows.</summary>
    public const long UnknownCallee = 1;

    private readonly WordSet _callees;
    private readonly WordSet _pairs;
    private readonly nint _address;

    /// <summary>Views the set at an address; a view of zero takes nothing and holds nothing.</summary>
    public CallPairs(nint address)
    {
        _address = address;
        _callees = new WordSet(address);
        _pairs = new WordSet(address + WordSet.HeaderSize);
    }

    /// <summary>The set of the process.</summary>
    public static CallPairs Shared { get; } = Connect();

    /// <summary>Number of different pairs.</summary>
    public long Count => _address == 0 ? 0 : _pairs.Count;

    /// <summary>How often there was no memory for a pair.</summary>
    public long LostCount => _address == 0 ? 0 : _callees.LostCount + _pairs.LostCount;

    /// <summary>Makes the memory of a set, which stays for the life of the process.</summary>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public static unsafe nint Allocate() => (nint)NativeMemory.AllocZeroed((nuint)WordSet.HeaderSize, 2);

    /// <summary>The id of a callee that has points: the method whose entry is this point.</summary>
    /// <param name="entryPoint">Process-wide number of the point.</param>
    public static long CalleeOfPoint(int entryPoint) => CalleeIds.OfPoint(entryPoint);

    /// <summary>Notes a call. It allocates nothing where the pair is known, and no managed memory ever; any number of threads may call it.</summary>
    /// <param name="callerSite">Process-wide number of the site.</param>
    /// <param name="calleeId">
    /// What tells methods apart for the life of the process and is not zero: from <see cref="CalleeOfPoint"/> or <see cref="CalleeIds.Of"/>, or
    /// <see cref="UnknownCallee"/>.
    /// </param>
    /// <returns>True if the pair is new.</returns>
    public bool Add(int callerSite, long calleeId)
    {
        if (_address == 0 || calleeId == 0)
        {
            return false;
        }

        _ = _callees.Add(calleeId, out long index);
        return index >= 0 && _pairs.Add(((long)callerSite << 32) | (index + 1), out _);
    }

    /// <summary>The pairs as of now, in no order.</summary>
    public List<(int CallerSite, long CalleeId)> ToList()
    {
        var pairs = new List<(int, long)>();
        if (_address != 0)
        {
            foreach (long pair in _pairs.ToList())
            {
                pairs.Add(((int)(pair >> 32), _callees[(uint)pair - 1]));
            }
        }

        return pairs;
    }

    private static CallPairs Connect()
    {
        Host.Install();
        return new CallPairs(Host.Ask(MapRequest.CallPairs));
    }
}
