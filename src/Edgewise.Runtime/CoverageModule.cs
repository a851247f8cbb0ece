using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Map;

namespace Edgewise.Runtime;

/// <summary>An instrumented module that is loaded, with its slice of the coverage map.</summary>
public sealed unsafe class CoverageModule
{
    private readonly nint _counters;
    private readonly nint _points;
    private readonly int _pointsLength;
    private PointSet? _pointSet;

    private CoverageModule(int id)
    {
        Number = id;
        FirstPoint = Ask(MapRequest.ModuleStart, id);
        PointCount = Ask(MapRequest.ModulePointCount, id);
        Region = new CoverageRegion(Ask(MapRequest.ModuleRegion, id));
        Identity = ((long)Ask(MapRequest.ModuleIdentityHigh, id) << 32) | (uint)Ask(MapRequest.ModuleIdentityLow, id);
        _counters = Host.Ask(MapRequest.Start) + FirstPoint;
        _points = Host.Ask(MapRequest.ModulePoints, 0, id);
        _pointsLength = Ask(MapRequest.ModulePointsLength, id);
        Path = Text(Address(MapRequest.ModulePath, id));
        OriginalPath = Text(Address(MapRequest.ModuleOriginalPath, id));
        Name = _points == 0 ? string.Empty : PointSetCodec.ReadHeader(Written, "image").ModuleName;
    }

    /// <summary>File name of the module, with extension; empty where its image holds no point set.</summary>
    public string Name { get; }

    /// <summary>Where it was loaded from; empty where that was memory.</summary>
    public string Path { get; }

    /// <summary>Where its original image is, as the parent process of <c>edgewise run</c> tells; else empty.</summary>
    internal string OriginalPath { get; }

    /// <summary>The first eight bytes of the SHA-256 of the original image, big-endian.</summary>
    public long Identity { get; }

    /// <summary>Number of the module in this process, from 1 on in order of registration; never given twice.</summary>
    public int Number { get; }

    /// <summary>Process-wide number of the module's first point: its offset in the coverage map.</summary>
    public int FirstPoint { get; }

    /// <summary>Number of points.</summary>
    public int PointCount { get; }

    /// <summary>Process-wide number of the module's first site; -1 while nothing asked for it.</summary>
    public int FirstSite => Ask(MapRequest.ModuleFirstSite, Number);

    /// <summary>The region that the module lies in.</summary>
    public CoverageRegion Region { get; }

    /// <summary>The counters themselves, one byte a point, as they change.</summary>
    public Span<byte> Counters => new((void*)_counters, PointCount);

    /// <summary>Number of points that were hit since the last reset.</summary>
    public int CoveredCount => CountHits(Counters);

    /// <summary>The point set, read from the image when it is first asked for; null where the image holds none.</summary>
    /// <exception cref="CoverageFormatException">The point set is damaged.</exception>
    public PointSet? PointSet => _pointSet ??= _points == 0 ? null : PointSetCodec.Read(Written, Name);

    /// <summary>
    /// What each site of <c>trace-cmp</c>, <c>trace-div</c> and <c>trace-gep</c> saw last, while threads may go on comparing; sites that saw nothing since
    /// the last reset are left out. Empty where other callbacks than the Runtime's were bound.
    /// </summary>
    /// <exception cref="CoverageFormatException">The point set is damaged.</exception>
    public IReadOnlyList<RecentCompare> RecentCompares()
    {
        nint slots = Host.Ask(MapRequest.ModuleCompares, 0, Number);
        return slots == 0 || PointSet is not { } points ? [] : RecentCompare.Read(points.Sites, new((void*)slots, Ask(MapRequest.ModuleComparesLength, Number)));
    }

    /// <summary>Empties the module's tables of recent compares, of values and of sequences.</summary>
    public void ResetCompares() => Host.Ask(MapRequest.ResetCompares, 0, Number);

    /// <summary>True if the module was instrumented with <c>gated</c>, and so has a gate in front of its callbacks.</summary>
    public bool HasGate => Address(MapRequest.ModuleGate, Number) != 0;

    /// <summary>
    /// Whether the module's callbacks are called: <c>__sancov_should_track</c> of one module. Setting it holds from the next callback on, on each thread as
    /// soon as that sees it, and until <see cref="CoverageInterface.ShouldTrack"/> is set. False, and setting it does nothing, where there is no gate.
    /// </summary>
    public bool ShouldTrack
    {
        get => Address(MapRequest.ModuleGate, Number) is var gate and not 0 && Volatile.Read(ref *(byte*)gate) != 0;
        set
        {
            nint gate = Address(MapRequest.ModuleGate, Number);
            if (gate != 0)
            {
                Volatile.Write(ref *(byte*)gate, (byte)(value ? 1 : 0));
            }
        }
    }

    /// <summary>
    /// What each call of one of the framework's comparisons – of strings, spans, keys of tables –, and of a parser, compared last, while threads may go on
    /// comparing; sites that saw nothing since the last reset are left out. Empty where other callbacks than the Runtime's were bound.
    /// </summary>
    /// <exception cref="CoverageFormatException">The point set is damaged.</exception>
    public IReadOnlyList<RecentSequenceCompare> RecentSequenceCompares()
    {
        nint slots = Host.Ask(MapRequest.ModuleSequences, 0, Number);
        return slots == 0 || PointSet is not { } points ? []
            : RecentSequenceCompare.Read(points.Sites, new((void*)slots, Ask(MapRequest.ModuleSequencesLength, Number)));
    }

    private ReadOnlySpan<byte> Written => new((void*)_points, _pointsLength);

    internal static int CountHits(ReadOnlySpan<byte> counters) => counters.Length - counters.Count((byte)0);

    internal static IReadOnlyList<CoverageModule> All()
    {
        var modules = new List<CoverageModule>();
        for (int id = Ask(MapRequest.NextModule, 0); id != 0; id = Ask(MapRequest.NextModule, id))
        {
            modules.Add(new CoverageModule(id));
        }

        return modules;
    }

    private static int Ask(MapRequest request, int id) => (int)Address(request, id);

    private static nint Address(MapRequest request, int id) => Host.Ask(request, 0, id);

    private static string Text(nint utf8) => System.Runtime.InteropServices.Marshal.PtrToStringUTF8(utf8) ?? string.Empty;
}
