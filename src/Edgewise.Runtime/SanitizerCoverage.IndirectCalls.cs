using System.Runtime.CompilerServices;
using Edgewise.Runtime.Trace;

namespace Edgewise.Runtime;

/// <content>
/// Indirect calls. Instrumented code asks at each call whether the receiver is the one that the site saw last; only if not, it finds the callee, by the
/// same look-up that the call will make, and hands it over.
/// </content>
public static unsafe partial class SanitizerCoverage
{
    // Finding a callee runs code of the framework, which may itself be instrumented.
    [ThreadStatic]
    private static bool t_isFinding;

    /// <summary><c>__sanitizer_cov_trace_pc_indir</c>: notes the pair of caller and callee.</summary>
    /// <param name="callee">Value of the callee's <see cref="RuntimeMethodHandle"/>; zero where nobody knows it.</param>
    /// <param name="site">Process-wide number of the site.</param>
    public static void TracePcIndir(nuint callee, int site)
    {
        CallPairs.Shared.Add(site, CalledCode.MethodOf(callee) is { } method ? Callee.Of(method).Id : CallPairs.UnknownCallee);
    }

    /// <summary>True if a site needs not look: it saw an object of this type last, or there is none. For instrumented code, as are all that follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsKnownReceiver(object? receiver, nint* last) => receiver is null || TypeOf(receiver) == *last;

    /// <summary>The same for a receiver whose type is a type parameter. Calls on a <see cref="Nullable{T}"/> are known here: <see cref="TraceNullable"/> traces them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsKnownReceiver<T>(ref T receiver, nint* last) =>
        typeof(T).IsValueType
            ? default(T) is null || typeof(T).TypeHandle.Value == *last
            : receiver is null || TypeOf(receiver) == *last;

    /// <summary>True if a site saw this address last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsKnownFunction(nint function, nint* last) => function == *last;

    /// <summary>True if a site saw a delegate of the same method last, or, where the receiver is no delegate, an object of this type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsKnownTarget(object? receiver, nint* last) =>
        receiver is null || (receiver is MulticastDelegate target ? DelegateCode.Of(target) : TypeOf(receiver)) == *last;

    /// <summary>True if it is known whose address this is.</summary>
    public static bool IsNoted(nint function) => CalledCode.TryGet(function, out _);

    /// <summary>Says whose address this is.</summary>
    public static void NoteFunction(nint function, RuntimeMethodHandle method, RuntimeTypeHandle type)
    {
        if (!t_isFinding)
        {
            t_isFinding = true;
            CalledCode.Note(function, method, type);
            t_isFinding = false;
        }
    }

    /// <summary>Notes the callee of a virtual call.</summary>
    /// <param name="receiver">The instance.</param>
    /// <param name="function">What <c>ldvirtftn</c> gave for it.</param>
    /// <param name="last">What the site remembers; it gets the receiver's type.</param>
    /// <param name="site">Process-wide number of the site.</param>
    public static void TraceReceiver(object? receiver, nint function, nint* last, int site)
    {
        if (Pair(receiver, function, site) && !receiver!.GetType().IsCollectible)
        {
            *last = TypeOf(receiver);
        }
    }

    /// <summary>The same where the callee depends on more than the receiver's type; <paramref name="last"/> gets the address.</summary>
    public static void TraceFunction(object? receiver, nint function, nint* last, int site)
    {
        if (Pair(receiver, function, site) && !receiver!.GetType().IsCollectible)
        {
            *last = function;
        }
    }

    /// <summary>Notes the callee of a method of <see cref="object"/> on a <see cref="Nullable{T}"/>, whose own it is; does nothing for other types.</summary>
    /// <typeparam name="T">Type of the receiver, of which no value is needed.</typeparam>
    /// <param name="method">0: <c>ToString</c>, 1: <c>Equals</c>, 2: <c>GetHashCode</c>.</param>
    /// <param name="last">What the site remembers; it gets the type.</param>
    /// <param name="site">Process-wide number of the site.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TraceNullable<T>(int method, nint* last, int site)
    {
        if (typeof(T).IsValueType && default(T) is null && typeof(T).TypeHandle.Value != *last)
        {
            PairNullable(typeof(T), method, last, site);
        }
    }

    /// <summary>Notes the callees of a delegate; <paramref name="last"/> gets the address where there is one.</summary>
    public static void TraceTarget(object? receiver, nint* last, int site)
    {
        if (receiver is not MulticastDelegate target || t_isFinding)
        {
            return;
        }

        ReadOnlySpan<object> targets = DelegateCode.Targets(target);
        foreach (object one in targets)
        {
            CallPairs.Shared.Add(site, Find((Delegate)one).Id);
        }

        if (targets.IsEmpty)
        {
            Callee callee = Find(target);
            CallPairs.Shared.Add(site, callee.Id);
            nint code = DelegateCode.Of(target);
            if (code != 0 && callee.IsForGood)
            {
                *last = code;
            }
        }
    }

    /// <summary>Notes the callee of a member <c>Invoke</c> of which only the receiver tells whether it is a delegate's.</summary>
    public static void TraceTarget(object? receiver, nint function, nint* last, int site)
    {
        if (receiver is MulticastDelegate)
        {
            TraceTarget(receiver, last, site);
        }
        else
        {
            TraceReceiver(receiver, function, last, site);
        }
    }

    /// <summary>Notes the callee of a <c>calli</c>.</summary>
    public static void TracePointer(nint function, nint* last, int site)
    {
        if (CalledCode.TryGet(function, out Callee? callee))
        {
            CallPairs.Shared.Add(site, callee.Id);
            if (callee.IsForGood)
            {
                *last = function;
            }
        }
        else
        {
            CallPairs.Shared.Add(site, CallPairs.UnknownCallee);
        }
    }

    // The JIT makes ldvirtftn of a method that nothing overrides without a look at the receiver; the call itself will throw.
    private static bool Pair(object? receiver, nint function, int site)
    {
        if (t_isFinding || receiver is null)
        {
            return false;
        }

        Callee callee = Find(receiver, function);
        if (callee.IsVirtual)
        {
            CallPairs.Shared.Add(site, callee.Id);
        }

        return callee.IsForGood;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PairNullable(Type type, int method, nint* last, int site)
    {
        if (!t_isFinding)
        {
            Callee callee = Find(type, method);
            CallPairs.Shared.Add(site, callee.Id);
            if (callee.IsForGood)
            {
                *last = type.TypeHandle.Value;
            }
        }
    }

    private static Callee Find(Type type, int method)
    {
        t_isFinding = true;
        Callee callee = CalledCode.OfNullable(type, method);
        t_isFinding = false;
        return callee;
    }

    private static Callee Find(object receiver, nint function)
    {
        if (CalledCode.TryGet(function, out Callee? known))
        {
            return known;
        }

        t_isFinding = true;
        Callee callee = CalledCode.OfInstance(receiver, function);
        t_isFinding = false;
        return callee;
    }

    private static Callee Find(Delegate target)
    {
        t_isFinding = true;
        Callee callee = CalledCode.OfDelegate(target);
        t_isFinding = false;
        return callee;
    }

    // Every object begins with the address of its type's method table, right before its first field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint TypeOf(object instance) => Unsafe.Add(ref Unsafe.As<byte, nint>(ref Unsafe.As<StrongBox<byte>>(instance).Value), -1);
}
