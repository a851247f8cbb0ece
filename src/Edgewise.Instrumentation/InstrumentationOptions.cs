using Edgewise.Instrumentation.Redirections;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation;

/// <summary>What to insert into a module, and where. The defaults are those of <c>edgewise instrument</c>.</summary>
public sealed record InstrumentationOptions
{
    /// <summary>Function entries, blocks or edges.</summary>
    public InstrumentationLevel Level { get; init; } = InstrumentationLevel.Edge;

    /// <summary>What each point does when it is passed.</summary>
    public CoverageFeatures Features { get; init; } = CoverageFeatures.Inline8BitCounters | CoverageFeatures.PcTable;

    /// <summary>Which blocks do without a point.</summary>
    public Pruning Pruning { get; init; } = Pruning.Exact;

    /// <summary>True: the entry block is pruned like any other; false: it always has a point.</summary>
    public bool PruneEntry { get; init; }

    /// <summary>
    /// True: small methods are marked so that the JIT goes on inlining them with probes in them, which is faster. .NET leaves marked methods out of
    /// stack traces, so by default only those are marked that can never stand in one.
    /// </summary>
    public bool KeepInlined { get; init; }

    /// <summary>
    /// True: no method is optimised or inlined, so that stack traces have all frames, the same ones however warm the program is. Slow: for an image that is to tell where something
    /// happened. Wins over <see cref="KeepInlined"/>.
    /// </summary>
    public bool KeepFrames { get; init; }

    /// <summary>Which methods are instrumented at all.</summary>
    public CodeSelection Selection { get; init; } = CodeSelection.Everything;

    /// <summary>The class whose static methods are called, where it declares them; else, or if null, the Runtime's.</summary>
    public CallbackClass? Callbacks { get; init; }

    /// <summary>
    /// Which members are called elsewhere, in all methods whatever <see cref="Selection"/> says; null: none. With <see cref="CoverageFeatures.None"/> nothing
    /// else is inserted, and the module has no points.
    /// </summary>
    public RedirectionTable? Redirections { get; init; }

    /// <summary>
    /// Folders with the assemblies that the module refers to, of which data-flow features learn how wide enumerations are; comparisons of enumerations
    /// that are not found are left out, unless the other side tells their width.
    /// </summary>
    public IReadOnlyList<string> ReferenceFolders { get; init; } = [];
}
