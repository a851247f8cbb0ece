using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Passes.Sequences;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Chooses the probes that the features ask for, in the order in which LLVM emits them, and what the holder does for them.</summary>
internal sealed class ModuleProbes
{
    private readonly HolderRows _holder;
    private readonly CoverageFeatures _features;
    private readonly CallbackBinder _callbacks;
    private readonly List<PointAddress> _addresses = [];
    private bool _entriesAreCounted;

    /// <summary>Adds the fields and references that the features need.</summary>
    /// <param name="holder">The module's holder.</param>
    /// <param name="options">Features and the callback class; what that does not declare, the Runtime does.</param>
    /// <param name="points">The module's points, as they are added.</param>
    /// <param name="pass">Makes one more probe, which stands behind those of the features; null: none.</param>
    public ModuleProbes(HolderRows holder, InstrumentationOptions options, PointSetBuilder points, Func<HolderRows, PointProbe>? pass = null)
    {
        _holder = holder;
        _features = options.Features;
        _callbacks = new CallbackBinder(holder, options.Callbacks);
        Thread = _callbacks.KeepsThread ? new MethodThread(_callbacks) : null;
        List<PointProbe> probes = [];
        AddCallbackProbes(probes, points);
        AddInlineProbes(probes);
        if (pass is not null)
        {
            probes.Add(pass(holder));
        }

        Probe = probes.Count == 1 ? probes[0] : new ProbeSequence(probes);
        SitePasses = AddSitePasses();
        EntryExit = Has(CoverageFeatures.TracePcEntryExit) ? AddEntryExit() : null;
    }

    /// <summary>What stands at each point.</summary>
    public PointProbe Probe { get; }

    /// <summary>What methods keep of their thread; null where nobody asks for that.</summary>
    public MethodThread? Thread { get; }

    /// <summary>True if points are handed it.</summary>
    public bool PointsTakeThread => Has(CoverageFeatures.TracePc) && _callbacks.TakesThread(CallbackMethods.TracePc);

    /// <summary>True if a gate stands in front of the callbacks of guards and of sites.</summary>
    public bool IsGated => Has(CoverageFeatures.Gated);

    /// <summary>What traces entries and exits, or null.</summary>
    public EntryExitPass? EntryExit { get; }

    /// <summary>What looks at sites.</summary>
    public IReadOnlyList<SitePass> SitePasses { get; }

    /// <summary>Tokens of the <c>Init</c> of each class that is called.</summary>
    public IReadOnlyList<int> Inits() => _callbacks.Inits();

    /// <summary>True if the callback class asks for the pc-table, which must then be in the image.</summary>
    public bool NeedsPcTable => Has(CoverageFeatures.PcTable) && _callbacks.IsNamed(CallbackMethods.PcsInit);

    /// <summary>Lets the holder's class constructor get memory and call the init methods: guards, counters, flags, then the pc-table, as LLVM's do.</summary>
    public void Initialize(HolderConstructor constructor, SiteSet sites, ControlFlowTable? controlFlow)
    {
        if (Has(CoverageFeatures.TracePcGuard))
        {
            constructor.AddMemory(RegistrationKind.Guards, HolderField.Guards, HolderField.GuardMemory, sizeof(uint));
        }

        if (Has(CoverageFeatures.Inline8BitCounters))
        {
            constructor.AddMemory(RegistrationKind.Counters, HolderField.Counters, HolderField.Memory, 1);
        }

        if (Has(CoverageFeatures.InlineBoolFlag))
        {
            constructor.AddMemory(RegistrationKind.Flags, HolderField.Flags, HolderField.FlagMemory, 1);
        }

        if (UsesFirstPoint || sites.Count > 0 || IsGated)
        {
            constructor.AddFirstPoint();
        }

        if (IsGated)
        {
            constructor.AddGate();
        }

        if (sites.Count > 0)
        {
            constructor.AddFirstSite(sites.Count);
        }

        if (sites.SlotsLength > 0)
        {
            constructor.AddCompares(sites.SlotsLength);
        }

        if (sites.SequencesLength > 0)
        {
            constructor.AddSequences(sites.SequencesLength);
        }

        foreach (PointAddress address in _addresses)
        {
            address.Initialize(constructor);
        }

        CallInit(constructor, CoverageFeatures.TracePcGuard, CallbackMethods.TracePcGuardInit, HolderField.Guards, sizeof(uint));
        CallInit(constructor, CoverageFeatures.Inline8BitCounters, CallbackMethods.Inline8BitCountersInit, HolderField.Counters, 1);
        CallInit(constructor, CoverageFeatures.InlineBoolFlag, CallbackMethods.InlineBoolFlagInit, HolderField.Flags, 1);
        if (NeedsPcTable)
        {
            constructor.AddPcsInit(_callbacks.Token(CallbackMethods.PcsInit));
        }

        if (controlFlow is not null && _callbacks.IsNamed(CallbackMethods.CfsInit))
        {
            constructor.AddCfsInit(_callbacks.Token(CallbackMethods.CfsInit), controlFlow.Count);
        }
    }

    private bool UsesFirstPoint => Has(CoverageFeatures.TracePc) || Has(CoverageFeatures.TraceBb) || Has(CoverageFeatures.TracePcEntryExit) || (Has(CoverageFeatures.TracePcGuard) && GuardTakesPoint);

    // The Runtime's own takes the point too.
    private bool GuardTakesPoint => !_callbacks.IsNamed(CallbackMethods.TracePcGuardWithoutPoint) || _callbacks.IsNamed(CallbackMethods.TracePcGuard);

    private bool Has(CoverageFeatures feature) => (_features & feature) != 0;

    // The Runtime's callbacks count points. Where something counts them already, they are not called, or only for what they do besides.
    private void AddCallbackProbes(List<PointProbe> probes, PointSetBuilder points)
    {
        bool isCounted = Has(CoverageFeatures.Inline8BitCounters) || Has(CoverageFeatures.InlineBoolFlag);
        _entriesAreCounted = isCounted;
        if (Has(CoverageFeatures.TracePc) && Calls(CallbackMethods.TracePc, ref isCounted))
        {
            // Entries are TracePcEntry's.
            Func<int, bool>? without = Has(CoverageFeatures.TracePcEntryExit) ? points.IsEntry : null;
            probes.Add(new PointCallProbe(_holder.Field(HolderField.FirstPoint), _callbacks.Token(CallbackMethods.TracePc), without, _callbacks.TakesThread(CallbackMethods.TracePc) ? Thread : null));
        }

        CallbackMethods guardCallback = GuardTakesPoint ? CallbackMethods.TracePcGuard : CallbackMethods.TracePcGuardWithoutPoint;
        if (Has(CoverageFeatures.TracePcGuard) && Calls(guardCallback, ref isCounted))
        {
            GuardProbe guards = new(
                _holder.Field(HolderField.Guards), _callbacks.Token(guardCallback), GuardTakesPoint ? _holder.Field(HolderField.FirstPoint) : 0);
            _entriesAreCounted |= !_callbacks.IsNamed(guardCallback);
            probes.Add(IsGated ? new GatedProbe(guards, _holder.Field(HolderField.Gate)) : guards);
        }

        if (Has(CoverageFeatures.TraceBb))
        {
            _entriesAreCounted |= !isCounted && !_callbacks.IsNamed(CallbackMethods.TraceBasicBlock);
            int callback = isCounted && !_callbacks.IsNamed(CallbackMethods.TraceBasicBlock)
                ? _callbacks.RuntimeToken(nameof(SanitizerCoverage.TraceEvent), CallbackMethods.TraceBasicBlock)
                : _callbacks.Token(CallbackMethods.TraceBasicBlock);
            probes.Add(new PointCallProbe(_holder.Field(HolderField.FirstPoint), callback));
        }
    }

    private bool Calls(CallbackMethods callback, ref bool isCounted)
    {
        bool calls = !isCounted || _callbacks.IsNamed(callback);
        isCounted |= !_callbacks.IsNamed(callback);
        return calls;
    }

    private void AddInlineProbes(List<PointProbe> probes)
    {
        if (Has(CoverageFeatures.Inline8BitCounters))
        {
            PointAddress counters = Address(HolderField.Counters);
            probes.Add(Has(CoverageFeatures.NeverZero) ? new SaturatingCounterProbe(counters) : new CounterProbe(counters));
        }

        if (Has(CoverageFeatures.InlineBoolFlag))
        {
            probes.Add(new FlagProbe(Address(HolderField.Flags)));
        }
    }

    private List<SitePass> AddSitePasses()
    {
        List<SitePass> passes = [];
        ValueTracer values = new(_callbacks, _holder, Thread);
        if (Has(CoverageFeatures.TraceCmp))
        {
            HashSwitches hashes = new(_holder.Metadata);
            passes.Add(new TraceCmpPass(values, hashes));
            passes.Add(new SequenceComparePass(_callbacks, new SequenceTracers(_holder, _holder.Metadata), hashes));
        }

        if (Has(CoverageFeatures.IndirectCalls))
        {
            passes.Add(new IndirectCallsPass(new CalleeTracer(_callbacks, _holder)));
        }

        if (Has(CoverageFeatures.TraceDiv))
        {
            passes.Add(new TraceDivPass(values));
        }

        if (Has(CoverageFeatures.TraceGep))
        {
            passes.Add(new TraceGepPass(values));
        }

        AccessTracer accesses = new(_callbacks, _holder);
        if (Has(CoverageFeatures.TraceLoads))
        {
            passes.Add(new TraceLoadsPass(accesses));
        }

        if (Has(CoverageFeatures.TraceStores))
        {
            passes.Add(new TraceStoresPass(accesses));
        }

        if (Has(CoverageFeatures.StackDepth))
        {
            passes.Add(new StackDepthPass(_callbacks));
        }

        return passes;
    }

    // The Runtime's own TracePcEntry only counts, and its TracePcExit does nothing, so no body is wrapped for it.
    private EntryExitPass AddEntryExit() => new(
        _holder.Field(HolderField.FirstPoint),
        _entriesAreCounted && !_callbacks.IsNamed(CallbackMethods.TracePcEntry) ? 0 : _callbacks.Token(CallbackMethods.TracePcEntry),
        _callbacks.IsNamed(CallbackMethods.TracePcExit) ? _callbacks.Token(CallbackMethods.TracePcExit) : 0);

    private PointAddress Address(HolderField start)
    {
        PointAddress address = new(_holder, start);
        _addresses.Add(address);
        return address;
    }

    // A user's class gets what it declares; of the Runtime's only guards need to be told, for the map hands out the rest.
    private void CallInit(HolderConstructor constructor, CoverageFeatures feature, CallbackMethods method, HolderField field, int bytesPerPoint)
    {
        if (Has(feature) && _callbacks.IsBound(method))
        {
            constructor.AddInit(_callbacks.Token(method), field, bytesPerPoint);
        }
    }
}
