using System.Runtime.CompilerServices;

namespace Edgewise.Runtime;

/// <content>How deep the stack was.</content>
public static unsafe partial class SanitizerCoverage
{
    [ThreadStatic]
    private static nuint t_lowestStack;

    /// <summary>
    /// <c>__sancov_lowest_stack</c>: the lowest address that the calling thread's stack reached in an instrumented method since the thread began, or since
    /// this was set. All bits are set where there is none; set it to that before an execution, or to the address of a local variable.
    /// </summary>
    public static nuint LowestStack
    {
        get => t_lowestStack == 0 ? nuint.MaxValue : t_lowestStack;
        set => t_lowestStack = value;
    }

    /// <summary><c>__sanitizer_cov_stack_depth</c>: keeps the address if it is the lowest of the calling thread.</summary>
    /// <param name="address">Address of a variable in the frame of the method that was entered.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StackDepth(nuint address)
    {
        // Zero, where a thread begins, is below every address; one less of it is above.
        if (address - 1 < t_lowestStack - 1)
        {
            t_lowestStack = address;
        }
    }
}
