using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <summary>An instrumented module that registered: its slice of the map and what belongs to it.</summary>
/// <remarks>All is written under the map's lock; addresses, once given out, never change.</remarks>
internal sealed class MappedModule(int id, long identity, int firstPoint, int pointCount, WrittenPoints? points, string path)
{
    private readonly List<WeakReference<Type>> _holders = [];

    /// <summary>Ascending in order of registration, never used again.</summary>
    public int Id { get; } = id;

    public long Identity { get; } = identity;

    /// <summary>Process-wide number of the first point: its offset in the map.</summary>
    public int FirstPoint { get; } = firstPoint;

    public int PointCount { get; } = pointCount;

    /// <summary>The point set as written in the image, or null where the image has none.</summary>
    public WrittenPoints? Points { get; } = points;

    public string Path { get; } = path;

    /// <summary>Address of <see cref="Path"/> for copies of the Runtime, once one asked; it stays for the life of the process.</summary>
    public nint PathText { get; set; }

    /// <summary>Address of the original's path, the same way.</summary>
    public nint OriginalPathText { get; set; }

    public NativeBlock? Guards { get; set; }

    /// <summary>Flags of a module that has counters too; otherwise the slice serves.</summary>
    public NativeBlock? Flags { get; set; }

    /// <summary>The table of recent compares.</summary>
    public NativeBlock? Compares { get; set; }

    /// <summary>Address of the byte that lets callbacks of a <c>gated</c> module be called; zero where it asked for none.</summary>
    public nint Gate { get; set; }

    /// <summary>The slots for comparisons of sequences.</summary>
    public NativeBlock? Sequences { get; set; }

    /// <summary>Process-wide number of the first site, or -1 where the module has none.</summary>
    public int FirstSite { get; set; } = -1;

    /// <summary>What counters held that were cleared to be counted anew, so that no dump forgets it; null where none was.</summary>
    public byte[]? Cleared { get; set; }

    /// <summary>Which kind of memory the slice was first asked for.</summary>
    public RegistrationKind? SliceKind { get; set; }

    /// <summary>True while code of the module can still run: its holder class dies with all machine code of its load context.</summary>
    public bool IsAlive => _holders.Exists(holder => holder.TryGetTarget(out _));

    /// <summary>True if the class is a holder of this module's.</summary>
    public bool HasHolder(Type holder) => _holders.Exists(known => known.TryGetTarget(out Type? type) && type == holder);

    public void AddHolder(Type holder)
    {
        if (!HasHolder(holder))
        {
            _holders.Add(new WeakReference<Type>(holder, trackResurrection: true));
        }
    }

    public void FreeBlocks()
    {
        Guards?.Free();
        Flags?.Free();
        Compares?.Free();
        Sequences?.Free();
        Guards = Flags = Compares = Sequences = null;
    }
}
