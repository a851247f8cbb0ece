using Edgewise.Instrumentation.Image;
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

        if (UsesFirstPoint || sites.Count > 0)
        {
            constructor.AddFirstPoint();
        }

        if (sites.Count > 0)
        {
            constructor.AddFirstSite(sites.Count);
        }

        if (sites.SlotsLength > 0)
        {
            constructor.AddCompares(sites.SlotsLength);
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

    private void AddCallbackProbes(List<PointProbe> probes, PointSetBuilder points)
    {
        if (Has(CoverageFeatures.TracePc))
        {
            probes.Add(new PointCallProbe(_holder.Field(HolderField.FirstPoint), _callbacks.Token(CallbackMethods.TracePc), Has(CoverageFeatures.TracePcEntryExit) ? points.IsEntry : null));
        }

        if (Has(CoverageFeatures.TraceBb))
        {
            probes.Add(new PointCallProbe(_holder.Field(HolderField.FirstPoint), _callbacks.Token(CallbackMethods.TraceBasicBlock)));
        }

        if (Has(CoverageFeatures.TracePcGuard))
        {
            int callback = _callbacks.Token(GuardTakesPoint ? CallbackMethods.TracePcGuard : CallbackMethods.TracePcGuardWithoutPoint);
            probes.Add(new GuardProbe(_holder.Field(HolderField.Guards), callback, GuardTakesPoint ? _holder.Field(HolderField.FirstPoint) : 0));
        }
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
        ValueTracer values = new(_callbacks, _holder);
        if (Has(CoverageFeatures.TraceCmp))
        {
            passes.Add(new TraceCmpPass(values));
        }

        if (Has(CoverageFeatures.IndirectCalls))
        {
            passes.Add(new IndirectCallsPass(new CalleeTracer(_callbacks, _holder)));
        }

        return passes;
    }

    // The Runtime's own TracePcExit does nothing, so no body is wrapped for it.
    private EntryExitPass AddEntryExit() => new(
        _holder.Field(HolderField.FirstPoint), _callbacks.Token(CallbackMethods.TracePcEntry),
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
