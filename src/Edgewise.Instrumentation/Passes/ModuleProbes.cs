using Edgewise.Instrumentation.Image;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Chooses the probes that the features ask for, in the order in which LLVM emits them, and what the holder does for them.</summary>
internal sealed class ModuleProbes
{
    private static readonly byte[] NoParameters = [0x00, 0, 0x01];
    private static readonly byte[] PointerPair = [0x00, 2, 0x01, 0x0F, 0x05, 0x0F, 0x05];
    private static readonly byte[] GuardPair = [0x00, 2, 0x01, 0x0F, 0x09, 0x0F, 0x09];
    private static readonly byte[] PcPair = [0x00, 2, 0x01, 0x0F, 0x0B, 0x0F, 0x0B];

    private readonly HolderRows _holder;
    private readonly CoverageFeatures _features;
    private readonly CallbackClass? _callbacks;
    private readonly List<PointAddress> _addresses = [];

    /// <summary>Adds the fields and references that the features need.</summary>
    /// <param name="holder">The module's holder.</param>
    /// <param name="options">Features and the callback class; where none is named, features with callbacks take the Runtime's.</param>
    /// <param name="pass">Makes one more probe, which stands behind those of the features; null: none.</param>
    /// <exception cref="InstrumentationException">The callback class lacks a callback that a feature calls.</exception>
    public ModuleProbes(HolderRows holder, InstrumentationOptions options, Func<HolderRows, PointProbe>? pass = null)
    {
        _holder = holder;
        _features = options.Features;
        bool calls = Has(CoverageFeatures.TracePc) || Has(CoverageFeatures.TracePcGuard);
        _callbacks = options.Callbacks ?? (calls ? RuntimeCallbacks.Class : null);
        List<PointProbe> probes = [];
        AddCallbackProbes(probes);
        AddInlineProbes(probes);
        if (pass is not null)
        {
            probes.Add(pass(holder));
        }

        Probe = probes.Count == 1 ? probes[0] : new ProbeSequence(probes);
    }

    /// <summary>What stands at each point.</summary>
    public PointProbe Probe { get; }

    /// <summary>Adds a reference to the callback class's <c>Init</c>.</summary>
    /// <returns>Its token, or 0 where the class has none or nothing calls the class.</returns>
    public int ReferToInit() => Declares(CallbackMethods.Init) ? _holder.Callback(_callbacks!, nameof(CallbackMethods.Init), NoParameters) : 0;

    /// <summary>True if the callback class asks for the pc-table, which must then be in the image.</summary>
    public bool NeedsPcTable => Has(CoverageFeatures.PcTable) && Declares(CallbackMethods.PcsInit);

    /// <summary>Lets the holder's class constructor get memory and call the init methods: guards, counters, flags, then the pc-table, as LLVM's do.</summary>
    public void Initialize(HolderConstructor constructor)
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

        if (UsesFirstPoint)
        {
            constructor.AddFirstPoint();
        }

        foreach (PointAddress address in _addresses)
        {
            address.Initialize(constructor);
        }

        CallInit(constructor, CoverageFeatures.TracePcGuard, CallbackMethods.TracePcGuardInit, HolderField.Guards, GuardPair, sizeof(uint));
        CallInit(constructor, CoverageFeatures.Inline8BitCounters, CallbackMethods.Inline8BitCountersInit, HolderField.Counters, PointerPair, 1);
        CallInit(constructor, CoverageFeatures.InlineBoolFlag, CallbackMethods.InlineBoolFlagInit, HolderField.Flags, PointerPair, 1);
        if (NeedsPcTable)
        {
            constructor.AddPcsInit(_holder.Callback(_callbacks!, nameof(CallbackMethods.PcsInit), PcPair));
        }
    }

    private bool UsesFirstPoint => Has(CoverageFeatures.TracePc)
        || (Has(CoverageFeatures.TracePcGuard) && Declares(CallbackMethods.TracePcGuard));

    private bool Has(CoverageFeatures feature) => (_features & feature) != 0;

    private bool Declares(CallbackMethods method) => _callbacks is not null && (_callbacks.Methods & method) != 0;

    private void AddCallbackProbes(List<PointProbe> probes)
    {
        if (Has(CoverageFeatures.TracePc))
        {
            int callback = Callback("TracePc", [0x00, 1, 0x01, 0x08], CallbackMethods.TracePc);
            probes.Add(new TracePcProbe(_holder.Field(HolderField.FirstPoint), callback));
        }

        if (Has(CoverageFeatures.TracePcGuard) && Declares(CallbackMethods.TracePcGuard))
        {
            int callback = Callback("TracePcGuard", [0x00, 2, 0x01, 0x0F, 0x09, 0x08], CallbackMethods.TracePcGuard);
            probes.Add(new GuardProbe(_holder.Field(HolderField.Guards), callback, _holder.Field(HolderField.FirstPoint)));
        }
        else if (Has(CoverageFeatures.TracePcGuard))
        {
            int callback = Callback("TracePcGuard", [0x00, 1, 0x01, 0x0F, 0x09], CallbackMethods.TracePcGuardWithoutPoint);
            probes.Add(new GuardProbe(_holder.Field(HolderField.Guards), callback, 0));
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

    private PointAddress Address(HolderField start)
    {
        PointAddress address = new(_holder, start);
        _addresses.Add(address);
        return address;
    }

    private int Callback(string name, ReadOnlySpan<byte> signature, CallbackMethods method)
    {
        if (!Declares(method))
        {
            throw new InstrumentationException(ModuleDiagnostics.MissingCallback,
                $"{_callbacks!.Path}: {_callbacks.Namespace}.{_callbacks.Name} has no 'public static void {name}({Parameters(method)})'");
        }

        return _holder.Callback(_callbacks!, name, signature);
    }

    private static string Parameters(CallbackMethods method) =>
        method == CallbackMethods.TracePc ? "int point" : "uint* guard, int point";

    private void CallInit(
        HolderConstructor constructor, CoverageFeatures feature, CallbackMethods method, HolderField field, byte[] signature, int bytesPerPoint)
    {
        if (Has(feature) && Declares(method))
        {
            constructor.AddInit(_holder.Callback(_callbacks!, method.ToString(), signature), field, bytesPerPoint);
        }
    }
}
