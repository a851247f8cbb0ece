using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <content>The gates of modules whose callbacks are turned on and off.</content>
internal sealed unsafe partial class CoverageMap
{
    private const int GatesPerBlock = 4096;

    // Low addresses are given out in large steps, so gates stand together; those of modules that are gone stay unused.
    private nint _nextGate;
    private nint _gatesEnd;
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
            if (module is not null && module.Gate == 0)
            {
                if (_nextGate == _gatesEnd)
                {
                    _nextGate = NativeBlock.Allocate(GatesPerBlock).Address;
                    _gatesEnd = _nextGate + GatesPerBlock;
                }

                module.Gate = _nextGate++;
                SetGate(module);
            }

            return module?.Gate ?? 0;
        }
    }

    private void SetGate(MappedModule module)
    {
        if (module.Gate != 0)
        {
            Volatile.Write(ref *(byte*)module.Gate, (byte)(_gatesAreOpen ? 1 : 0));
        }
    }
}
