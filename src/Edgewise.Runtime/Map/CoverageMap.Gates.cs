using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <content>The gates of modules whose callbacks are turned on and off.</content>
internal sealed unsafe partial class CoverageMap
{
    private bool _gatesAreOpen;

    /// <summary>Opens or closes the gates of all modules, and of those to come.</summary>
    public int SetGates(bool areOpen)
    {
        lock (_lock)
        {
            _gatesAreOpen = areOpen;
            foreach (MappedModule module in _modules)
            {
                SetGate(module);
            }

            return 1;
        }
    }

    private nint RegisterGate(Type? holder)
    {
        lock (_lock)
        {
            MappedModule? module = holder is null ? null : _modules.Find(known => known.HasHolder(holder));
            if (module is not null && module.Gate is null)
            {
                module.Gate = NativeBlock.Allocate(1);
                SetGate(module);
            }

            return module?.Gate?.Address ?? 0;
        }
    }

    private void SetGate(MappedModule module)
    {
        if (module.Gate is { } gate)
        {
            Volatile.Write(ref *(byte*)gate.Address, (byte)(_gatesAreOpen ? 1 : 0));
        }
    }
}
