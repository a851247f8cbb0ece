using Edgewise.Instrumentation.Image;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Sites;

/// <summary>The sites of a module, their slots, and what switches compare with.</summary>
internal sealed class SiteSet
{
    private const int BitsPerByte = 8;

    private readonly List<PointSite> _sites = [];
    private readonly List<int> _slots = [];
    private readonly Dictionary<int, int> _cases = [];

    /// <summary>How many sites there are.</summary>
    public int Count => _sites.Count;

    /// <summary>Bytes of the table of recent compares.</summary>
    public int SlotsLength { get; private set; }

    /// <summary>Bytes of the slots for comparisons of sequences, which are a table of their own.</summary>
    public int SequencesLength { get; private set; }

    /// <summary>The descriptions of switches, as <c>__sanitizer_cov_trace_switch</c> takes them: count, bits, cases ascending.</summary>
    public ByteBuffer Cases { get; } = new();

    /// <summary>Adds a site.</summary>
    /// <returns>Its number.</returns>
    public int Add(in PointSite site)
    {
        int size = CompareSlots.Size(site.Kind, site.Width);
        int slot = size == 0 ? -1 : CompareSlots.Place(SlotsLength, size);
        SlotsLength = size == 0 ? SlotsLength : slot + size;
        if (site.Kind == SiteKind.SequenceCompare)
        {
            slot = SequencesLength;
            SequencesLength += SequenceSlots.Size;
        }

        _sites.Add(site);
        _slots.Add(slot);
        return _sites.Count - 1;
    }

    /// <summary>Takes back the sites that were added last: their body stays as it was. What passes wrote of their cases stays, and nobody names it.</summary>
    /// <param name="count">How many sites there were before.</param>
    public void Forget(int count)
    {
        for (int site = _sites.Count - 1; site >= count; site--)
        {
            _cases.Remove(site);
            if (_sites[site].Kind == SiteKind.SequenceCompare)
            {
                SequencesLength = _slots[site];
            }
            else if (_slots[site] >= 0)
            {
                SlotsLength = _slots[site];
            }
        }

        _sites.RemoveRange(count, _sites.Count - count);
        _slots.RemoveRange(count, _slots.Count - count);
    }

    /// <summary>Offset of a site's slot in the table that it belongs to.</summary>
    public int SlotOf(int site) => _slots[site];

    /// <summary>Offset of a switch's description in <see cref="Cases"/>, where it is put when it is first asked for.</summary>
    public int CasesOf(int site)
    {
        if (!_cases.TryGetValue(site, out int offset))
        {
            offset = Cases.Position;
            _cases.Add(site, offset);
            Cases.WriteInt64(_sites[site].Constants.Length);
            Cases.WriteInt64(_sites[site].Width * BitsPerByte);
            foreach (ulong value in _sites[site].Constants)
            {
                Cases.WriteInt64((long)value);
            }
        }

        return offset;
    }

    /// <summary>All sites, by number.</summary>
    public PointSite[] ToArray() => [.. _sites];
}
