using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Comparisons;

/// <summary>A library twice in this process: as it was compiled, and with its comparisons traced.</summary>
internal sealed unsafe class TracedLibrary
{
    private readonly Type _original;
    private readonly Type _traced;
    private readonly PointSite[] _sites;
    private readonly byte* _slots;
    private readonly byte* _compares;

    /// <summary>Instruments an image whose methods are those of a public static class <c>Code</c>.</summary>
    public TracedLibrary(byte[] image, CallbackClass? callbacks = null)
    {
        InstrumentationOptions options = new()
        {
            Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.TraceCmp,
            Callbacks = callbacks,
        };
        Result = Instrumenter.Instrument(image, null, "Traced.dll", options);
        _sites = Result.Points.Sites;
        _original = Load(image);
        _traced = Load(Result.Image);
        Type holder = _traced.Assembly.GetType(Registration.HolderName, throwOnError: true)!;
        RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        _slots = PointerOf(holder, "Sequences");
        _compares = PointerOf(holder, "Compares");
    }

    /// <summary>What instrumenting it gave.</summary>
    public InstrumentationResult Result { get; }

    /// <summary>The type as it was.</summary>
    public Type Original => _original;

    /// <summary>The type with traced code.</summary>
    public Type Traced => _traced;

    /// <summary>What the method returns, or the name of what it throws: of the original.</summary>
    public object? CallOriginal(string method, params object?[] arguments) => Call(_original, method, arguments);

    /// <summary>The same of the instrumented one.</summary>
    public object? CallTraced(string method, params object?[] arguments) => Call(_traced, method, arguments);

    /// <summary>Empties all slots.</summary>
    public void Reset()
    {
        for (int i = 0; i < SlotCount; i++)
        {
            SequenceSlots.Clear(_slots + (i * SequenceSlots.Size));
        }

        _ = CompareSlots.Arrange(_sites, out int length);
        new Span<uint>(_compares, length / sizeof(uint)).Fill(CompareSlots.Empty);
    }

    /// <summary>What was compared since, each as <c>left|right</c>, in the order of the sites.</summary>
    public IEnumerable<string> Compared() => Sequences().Select(compare => $"{Text(compare.Left, compare.IsUtf16)}|{Text(compare.Right, compare.IsUtf16)}");

    /// <summary>What was compared since.</summary>
    public IReadOnlyList<RecentSequenceCompare> Sequences() =>
        RecentSequenceCompare.Read(_sites, new ReadOnlySpan<byte>(_slots, SlotCount * SequenceSlots.Size));

    /// <summary>The integers that were compared since.</summary>
    public IReadOnlyList<RecentCompare> Integers()
    {
        _ = CompareSlots.Arrange(_sites, out int length);
        return RecentCompare.Read(_sites, new ReadOnlySpan<byte>(_compares, length));
    }

    private int SlotCount => _sites.Count(site => site.Kind == SiteKind.SequenceCompare);

    private static object? Call(Type type, string method, object?[] arguments)
    {
        try
        {
            return type.GetMethod(method)!.Invoke(null, [.. arguments]);
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType().Name;
        }
    }

    private static string Text(byte[] bytes, bool isUtf16) => isUtf16 ? Encoding.Unicode.GetString(bytes) : $"#{Convert.ToHexString(bytes)}";

    private static Type Load(byte[] image) => new AssemblyLoadContext(null).LoadFromStream(new MemoryStream(image)).GetType("Code", throwOnError: true)!;

    private static byte* PointerOf(Type holder, string name) =>
        holder.GetField(name, BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) is { } pointer ? (byte*)Pointer.Unbox(pointer) : null;
}
