using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>The memory of a session: an area a family, taken when the family is first recorded.</summary>
/// <param name="words">Words of each.</param>
/// <param name="memory">Where it comes from.</param>
internal sealed unsafe class SessionAreas(int words, AreaMemory memory)
{
    private readonly nint[] _starts = new nint[3];

    /// <summary>The area of points, with what it says now.</summary>
    public TraceArea Points(Recordings recording) => Take(0, (recording & (Recordings.AllPcs | Recordings.UniquePcs)) != 0, 1);

    /// <summary>The area of edges.</summary>
    public TraceArea Edges(Recordings recording) => Take(1, (recording & Recordings.UniqueEdges) != 0, 1);

    /// <summary>The area of compares.</summary>
    public TraceArea Compares(Recordings recording) => Take(2, (recording & Recordings.Compares) != 0, TraceCompare.Words);

    /// <summary>Gives all back.</summary>
    public void Free()
    {
        for (int i = 0; i < _starts.Length; i++)
        {
            if (_starts[i] != 0)
            {
                memory.Free(_starts[i]);
                _starts[i] = 0;
            }
        }
    }

    private TraceArea Take(int index, bool isWanted, int recordWords)
    {
        if (!isWanted)
        {
            return default;
        }

        if (_starts[index] == 0)
        {
            _starts[index] = memory.Allocate(words);
        }

        *(ulong*)_starts[index] = 0;
        return new TraceArea((ulong*)_starts[index], words, recordWords);
    }
}

/// <summary>Where the memory of areas comes from; tests put a page behind it that nobody may touch.</summary>
internal unsafe class AreaMemory
{
    /// <summary>The usual one.</summary>
    public static AreaMemory Usual { get; } = new();

    /// <summary>Zeroed memory.</summary>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public virtual nint Allocate(int words) => (nint)NativeMemory.AllocZeroed((nuint)words, sizeof(ulong));

    /// <summary>Gives it back.</summary>
    public virtual void Free(nint start) => NativeMemory.Free((void*)start);
}
