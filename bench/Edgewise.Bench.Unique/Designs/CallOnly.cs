namespace Edgewise.Bench.Unique.Designs;

/// <summary>Nothing but the call: what all others have in common.</summary>
internal unsafe struct CallOnly : IUniqueDesign
{
    public readonly long Recorded => 0;

    public readonly long Lost => 0;

    public readonly long StateBytes => 0;

    public readonly bool IsSettled(ulong pc, uint* guard) => true;

    public readonly void Record(ulong pc, uint* guard)
    {
    }

    public readonly void Reset()
    {
    }

    public readonly ulong[] Found() => [];

    public readonly void Free()
    {
    }
}
