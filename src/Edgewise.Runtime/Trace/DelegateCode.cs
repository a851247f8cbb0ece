using System.Runtime.CompilerServices;

namespace Edgewise.Runtime.Trace;

/// <summary>Reads from a delegate the address that it calls, without asking reflection, which allocates for every new delegate.</summary>
/// <remarks>
/// Fields of CoreCLR's <c>Delegate</c> and <c>MulticastDelegate</c>, the same in .NET 8 to 10. A runtime without them is asked by reflection. An open static delegate
/// has its target in the second pointer, every other in the first; a count that is not zero marks lists, unmanaged pointers and open virtual delegates.
/// </remarks>
internal static class DelegateCode
{
    private static readonly bool IsReadable = CanRead();

    /// <summary>The address, or zero where there is none or several.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Of(MulticastDelegate target)
    {
        if (!IsReadable || Count(target) != 0)
        {
            return 0;
        }

        nint second = SecondPointer(target);
        return second != 0 ? second : Pointer(target);
    }

    /// <summary>The delegates of a list; empty where it is no list.</summary>
    public static ReadOnlySpan<object> Targets(MulticastDelegate target) =>
        !IsReadable ? (target.GetInvocationList() is { Length: > 1 } all ? all : [])
        : List(target) is object[] list ? list.AsSpan(0, (int)Count(target))
        : [];

    private static bool CanRead()
    {
        try
        {
            MulticastDelegate one = CanRead<int>, same = CanRead<int>;
            return Pointer(one) != 0 && SecondPointer(one) == SecondPointer(same) && Count(one) == 0 && List(one) is null
                && List((Func<bool>)one + (Func<bool>)same) is object[];
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    private static bool CanRead<T>() => false;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_methodPtr")]
    private static extern ref nint Pointer(Delegate target);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_methodPtrAux")]
    private static extern ref nint SecondPointer(Delegate target);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_invocationList")]
    private static extern ref object? List(MulticastDelegate target);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_invocationCount")]
    private static extern ref nint Count(MulticastDelegate target);
}
