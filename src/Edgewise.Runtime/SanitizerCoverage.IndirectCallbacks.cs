using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Edgewise.Runtime.Trace;

namespace Edgewise.Runtime;

/// <content>Indirect calls for a class of the user's, whose <c>TracePcIndir</c> is told every call.</content>
public static unsafe partial class SanitizerCoverage
{
    // By the structure's type and the site.
    private static readonly ConcurrentDictionary<(nint Type, nint Last), nint> FunctionsOfStructures = new();

    /// <summary>Tells the callee of a virtual call. For instrumented code, as are all that follow.</summary>
    /// <param name="receiver">The instance.</param>
    /// <param name="function">What <c>ldvirtftn</c> gave for it.</param>
    /// <param name="callback">The user's <c>TracePcIndir(nuint callee, int site)</c>.</param>
    /// <param name="site">Process-wide number of the site.</param>
    public static void TellReceiver(object? receiver, nint function, nint callback, int site)
    {
        if (!t_isFinding && receiver is not null && Find(receiver, function) is { IsVirtual: true } callee)
        {
            ((delegate*<nuint, int, void>)callback)(callee.Handle, site);
        }
    }

    /// <summary>Tells the callee of a call on a type parameter, where that is a structure for which the site was told it before: it need not be boxed then.</summary>
    /// <returns>False where <see cref="TellReceiver(object, nint, nint*, nint, int)"/> has to be called.</returns>
    public static bool IsTold<T>(ref T receiver, nint* last, nint callback, int site)
    {
        if (typeof(T).IsValueType && FunctionsOfStructures.TryGetValue((typeof(T).TypeHandle.Value, (nint)last), out nint function)
            && CalledCode.TryGet(function, out Callee? callee))
        {
            ((delegate*<nuint, int, void>)callback)(callee.Handle, site);
            return true;
        }

        // A call on a Nullable is told by TellNullable.
        return typeof(T).IsValueType ? default(T) is null : receiver is null;
    }

    /// <summary>Tells the callee of a virtual call, and keeps it for <see cref="IsTold"/>.</summary>
    public static void TellReceiver(object? receiver, nint function, nint* last, nint callback, int site)
    {
        if (receiver is ValueType && !receiver.GetType().IsCollectible)
        {
            FunctionsOfStructures[(TypeOf(receiver), (nint)last)] = function;
        }

        TellReceiver(receiver, function, callback, site);
    }

    /// <summary>Tells the callee of a method of <see cref="object"/> on a <see cref="Nullable{T}"/>; see <see cref="TraceNullable"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TellNullable<T>(int method, nint callback, int site)
    {
        if (typeof(T).IsValueType && default(T) is null)
        {
            TellNullable(typeof(T), method, callback, site);
        }
    }

    /// <summary>Tells the callees of a delegate, one after the other.</summary>
    public static void TellTarget(object? receiver, nint callback, int site)
    {
        if (receiver is not MulticastDelegate target || t_isFinding)
        {
            return;
        }

        ReadOnlySpan<object> targets = DelegateCode.Targets(target);
        foreach (object one in targets)
        {
            ((delegate*<nuint, int, void>)callback)(Find((Delegate)one).Handle, site);
        }

        if (targets.IsEmpty)
        {
            ((delegate*<nuint, int, void>)callback)(Find(target).Handle, site);
        }
    }

    /// <summary>Tells the callee of a member <c>Invoke</c> of which only the receiver tells whether it is a delegate's.</summary>
    public static void TellTarget(object? receiver, nint function, nint callback, int site)
    {
        if (receiver is MulticastDelegate)
        {
            TellTarget(receiver, callback, site);
        }
        else
        {
            TellReceiver(receiver, function, callback, site);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TellNullable(Type type, int method, nint callback, int site)
    {
        if (!t_isFinding)
        {
            ((delegate*<nuint, int, void>)callback)(Find(type, method).Handle, site);
        }
    }

    /// <summary>Tells the callee of a <c>calli</c>.</summary>
    public static void TellPointer(nint function, nint callback, int site) =>
        ((delegate*<nuint, int, void>)callback)(CalledCode.TryGet(function, out Callee? callee) ? callee.Handle : 0, site);
}
