using System.Runtime.InteropServices;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <content>What modules with traced sites ask for: numbers of sites, and tables of recent compares.</content>
internal sealed unsafe partial class CoverageMap
{
    private int _siteCount;

    private int ResetCompares(int id)
    {
        foreach (MappedModule module in _modules)
        {
            if (id == 0 || module.Id == id)
            {
                Empty(module.Compares);
                ClearSequences(module.Sequences);
            }
        }

        return 1;
    }

    private nint RegisterSites(Type? holder, RegistrationKind kind, int count)
    {
        lock (_lock)
        {
            MappedModule? module = holder is null ? null : _modules.Find(known => known.HasHolder(holder));
            if (module is null)
            {
                return kind == RegistrationKind.FirstSite ? Nowhere : 0;
            }

            if (kind == RegistrationKind.FirstSite)
            {
                return FirstSite(module, count);
            }

            if (kind == RegistrationKind.Sequences)
            {
                module.Sequences ??= NativeBlock.Allocate(Math.Max(SequenceSlots.Size, count));
                return module.Sequences.Size >= count ? module.Sequences.Address : 0;
            }

            if (module.Compares is null)
            {
                module.Compares = NativeBlock.Allocate(Math.Max(16, count));
                Empty(module.Compares);
            }

            return module.Compares.Size >= count ? module.Compares.Address : 0;
        }
    }

    private int FirstSite(MappedModule module, int count)
    {
        if (module.FirstSite < 0)
        {
            if (count > Nowhere - _siteCount)
            {
                return Nowhere;
            }

            module.FirstSite = _siteCount;
            _siteCount += count;
        }

        return module.FirstSite;
    }

    private static void ClearSequences(NativeBlock? slots)
    {
        for (long offset = 0; slots is not null && offset + SequenceSlots.Size <= slots.Size; offset += SequenceSlots.Size)
        {
            SequenceSlots.Clear((byte*)slots.Address + offset);
        }
    }

    private static void Empty(NativeBlock? slots)
    {
        if (slots is not null)
        {
            MemoryMarshal.Cast<byte, uint>(new Span<byte>((void*)slots.Address, (int)slots.Size)).Fill(CompareSlots.Empty);
        }
    }
}
