using System.Runtime.CompilerServices;

namespace Edgewise.Bench.Unique;

/// <summary>Numbers of guards, handed out when a guard is first passed, and kept for good: as <c>KCOV_UNIQUE_ENABLE</c> does.</summary>
internal unsafe struct GuardNumbers
{
    private uint _last;

    /// <summary>The same, where the last number stands elsewhere.</summary>
    public static uint Of(uint* guard, ref uint last) => *guard != 0 ? *guard : Assign(guard, ref last);

    /// <summary>The guard's number, from 1 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(uint* guard)
    {
        uint number = *guard;
        return number != 0 ? number : Assign(guard, ref _last);
    }

    // Whoever loses the race for a guard leaves a hole; there are no others here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint Assign(uint* guard, ref uint last)
    {
        uint number = Interlocked.Increment(ref last);
        uint other = Interlocked.CompareExchange(ref *guard, number, 0);
        return other == 0 ? number : other;
    }
}
