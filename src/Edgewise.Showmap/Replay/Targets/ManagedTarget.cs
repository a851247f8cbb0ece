using Edgewise.Hosting;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Targets;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Showmap.Files;

namespace Edgewise.Showmap.Replay.Targets;

/// <summary>A method of an assembly, in a load context of its own.</summary>
internal sealed class ManagedTarget : IReplayTarget
{
    private readonly InstrumentedContext _context;
    private readonly FuzzTarget _target;
    private readonly HashSet<string> _expected;
    private readonly List<ReplayModule> _modules = [];

    // By module: PCs of its points, and its first point in the region.
    private readonly List<int[]> _pcs = [];
    private readonly List<int> _starts = [];
    private CoverageRegion? _region;
    private int _knownPoints;

    private ManagedTarget(InstrumentedContext context, FuzzTarget target, HashSet<string> expected)
    {
        _context = context;
        _target = target;
        _expected = expected;
    }

    /// <summary>What its assemblies are instrumented with: counters that never read zero after a hit, and a point wherever a report needs one.</summary>
    public static InstrumentationOptions Options { get; } = new()
    {
        Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero | CoverageFeatures.PcTable,
        KeepInlined = true,
    };

    /// <inheritdoc/>
    public string Name => _target.Name;

    /// <inheritdoc/>
    public IReadOnlyList<ReplayModule> Modules
    {
        get
        {
            Refresh();
            return _modules;
        }
    }

    /// <inheritdoc/>
    public bool HasRejected => _target.HasRejected;

    /// <summary>Loads a target and runs its class constructors.</summary>
    /// <exception cref="HostingException">There is no such target, it cannot be one, or none of its edges is counted.</exception>
    public static ManagedTarget Load(ReplaySettings settings, ImageCache cache)
    {
        var counted = AssemblyGlobs.Parse(settings.Assemblies);
        var context = new InstrumentedContext(
            settings.TargetPath, FuzzTargetAssembly.Shared, name => counted.Matches(name) ? Options : null, cache, isCollectible: settings.Isolation == Isolation.Context);
        var target = FuzzTargetAssembly.Find(context.LoadAll(), settings.Method);
        target.Initialize();
        var loaded = new ManagedTarget(context, target, [.. settings.Expected]);
        return loaded.Modules.Count > 0 ? loaded : throw FuzzTargetAssembly.NoEdges(settings.TargetPath, settings.Assemblies);
    }

    /// <inheritdoc/>
    public bool IsExpected(Exception thrown) => _target.Expected.Contains(thrown) || ExpectedExceptions.AreNamed(_expected, thrown);

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        if (_region is { } region)
        {
            region.Counters.Clear();
        }

        _target.Run(input);
    }

    /// <inheritdoc/>
    public void Collect(CountSums sums)
    {
        Refresh();
        if (_region is not { } region)
        {
            return;
        }

        Span<byte> counters = region.Counters;
        for (int i = 0; i < _modules.Count; i++)
        {
            sums.Add(i, counters.Slice(_starts[i], _pcs[i].Length));
        }
    }

    /// <inheritdoc/>
    public ulong PcOf(int module, int slot) => (ulong)_pcs[module][slot];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_context.IsCollectible)
        {
            _context.Unload();
        }
    }

    // A region grows when the target loads a module; as long as it does not, there is nothing to do.
    private void Refresh()
    {
        _region ??= Coverage.RegionOf(_context);
        if (_region is not { } region || region.Counters.Length == _knownPoints)
        {
            return;
        }

        CoverageModule[] loaded = [.. Coverage.Modules.Where(module => module.Region == region)];
        int first = loaded.Select(module => module.FirstPoint).DefaultIfEmpty(0).Min();
        foreach (CoverageModule module in loaded.Skip(_modules.Count))
        {
            PointSet points = module.PointSet ?? throw new HostingException($"{module.Name}: its image has no point set");
            string path = _context.Originals.GetValueOrDefault(Path.GetFileNameWithoutExtension(module.Name), module.Name);
            _modules.Add(new ReplayModule(PointDomain.Cil, module.Name, path, Convert.ToHexStringLower(points.OriginalHash), points.PointCount));
            _pcs.Add(points.Pcs);
            _starts.Add(module.FirstPoint - first);
        }

        _knownPoints = region.Counters.Length;
    }
}
