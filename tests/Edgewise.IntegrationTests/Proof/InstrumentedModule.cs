using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>A loaded instrumented module and its memory.</summary>
internal sealed unsafe class InstrumentedModule
{
    private readonly byte* _counters;
    private readonly uint* _guards;

    /// <summary>Runs the holder's class constructor and reads the pointers from it.</summary>
    public InstrumentedModule(Assembly assembly, PointSet points)
    {
        Points = points;
        Assembly = assembly;
        Type holder = assembly.GetType(Registration.HolderName, throwOnError: true)!;
        RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        _counters = (byte*)PointerIn(holder, "Counters");
        _guards = (uint*)PointerIn(holder, "Guards");
        FirstPoint = FieldOf(holder, "FirstPoint") is { } field ? (int)field.GetValue(null)! : 0;
    }

    /// <summary>The module's point set.</summary>
    public PointSet Points { get; }

    /// <summary>The loaded assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>What <c>trace-pc</c> adds to the number of a point.</summary>
    public int FirstPoint { get; }

    /// <summary>The counters of all points.</summary>
    public Span<byte> Counters => new(_counters, Points.PointCount);

    /// <summary>The guards of all points, or nothing where the module has none.</summary>
    public ReadOnlySpan<uint> Guards => _guards == null ? [] : new ReadOnlySpan<uint>(_guards, Points.PointCount);

    private static FieldInfo? FieldOf(Type holder, string name) => holder.GetField(name, BindingFlags.Static | BindingFlags.NonPublic);

    private static void* PointerIn(Type holder, string name) => FieldOf(holder, name)?.GetValue(null) is { } pointer ? Pointer.Unbox(pointer) : null;
}
