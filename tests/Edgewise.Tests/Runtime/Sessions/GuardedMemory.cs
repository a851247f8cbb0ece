using Edgewise.Runtime.Platform;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Tests.Runtime.Sessions;

/// <summary>Areas whose last word is the last before a page that nobody may touch, and that nobody may touch once they are given back: a store there ends the process.</summary>
internal sealed class GuardedMemory : AreaMemory
{
    private readonly Dictionary<nint, (nint Start, nuint Size)> _areas = [];

    /// <summary>How many areas there were, and how many there are.</summary>
    public (int Ever, int Now) Count { get; private set; }

    public override nint Allocate(int words)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint size = (((nuint)words * sizeof(ulong)) + page - 1) / page * page;
        nint start = Libc.Map(0, size + page, Libc.ProtReadWrite, Libc.MapPrivate | Libc.MapAnonymous, -1, 0);
        Assert.NotEqual(Libc.MapFailed, start);
        Assert.Equal(0, Libc.Protect(start + (nint)size, page, Libc.ProtNone));
        nint area = start + (nint)size - (words * sizeof(ulong));
        lock (_areas)
        {
            _areas.Add(area, (start, size + page));
            Count = (Count.Ever + 1, Count.Now + 1);
        }

        return area;
    }

    // The addresses stay taken, so that no other mapping comes where an area was.
    public override void Free(nint start)
    {
        lock (_areas)
        {
            (nint first, nuint size) = _areas[start];
            Assert.Equal(0, Libc.Protect(first, size, Libc.ProtNone));
            _areas.Remove(start);
            Count = (Count.Ever, Count.Now - 1);
        }
    }
}
