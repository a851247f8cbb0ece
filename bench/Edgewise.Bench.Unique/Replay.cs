using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Edgewise.Bench.Unique;

/// <summary>A design that is fed with traces. Its guards are its own, so that the first replay assigns their numbers.</summary>
internal abstract unsafe class Replay(string name, int sites) : IDisposable
{
    /// <summary>Name of the design.</summary>
    public string Name { get; } = name;

    /// <summary>A guard a site.</summary>
    protected uint* Guards { get; } = (uint*)NativeMemory.AllocZeroed((nuint)sites, sizeof(uint));

    /// <summary>Empties the record, then feeds the whole trace.</summary>
    public abstract void Run(EventTrace trace);

    /// <summary>Feeds the trace to what is there already.</summary>
    public abstract void Feed(EventTrace trace);

    /// <summary>Empties the record.</summary>
    public abstract void Reset();

    /// <summary>The design.</summary>
    public abstract IUniqueDesign Design { get; }

    /// <summary>A replay of a design.</summary>
    public static Replay Of<T>(string name, T design, int sites) where T : struct, IUniqueDesign => new Typed<T>(name, design, sites);

    /// <inheritdoc/>
    public void Dispose()
    {
        Design.Free();
        NativeMemory.Free(Guards);
        GC.SuppressFinalize(this);
    }

    private sealed class Typed<T>(string name, T design, int sites) : Replay(name, sites) where T : struct, IUniqueDesign
    {
        private readonly Callback<T> _callback = new(design);

        public override IUniqueDesign Design => _callback.Design;

        public override void Run(EventTrace trace)
        {
            _callback.Design.Reset();
            Feed(trace);
        }

        public override void Reset() => _callback.Design.Reset();

        // Compiled once, so that no profile inlines the callback here.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Feed(EventTrace trace)
        {
            Callback<T> callback = _callback;
            fixed (uint* events = trace.Events)
            fixed (ulong* pcs = trace.Pcs)
            {
                uint* end = events + trace.Events.Length;
                for (uint* next = events; next < end; next++)
                {
                    callback.Hit(pcs[*next], Guards + *next);
                }
            }
        }
    }
}
