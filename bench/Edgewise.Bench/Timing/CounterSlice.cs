namespace Edgewise.Bench.Timing;

/// <summary>The counters of one loaded module: native or pinned memory that stays where it is.</summary>
/// <param name="Address">Address of the first counter, or zero.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct CounterSlice(nint Address, int Length)
{
    /// <summary>The counters.</summary>
    public unsafe Span<byte> Span => new((void*)Address, Length);
}
