using System.Reflection;

namespace Edgewise.Runtime.Trace;

/// <summary>A method that was called, as pairs and callbacks name it.</summary>
internal sealed class Callee
{
    private readonly WeakReference<Type>? _collectible;

    private readonly RuntimeTypeHandle _type;

    private Callee(long id, nuint handle, bool isVirtual, Type? collectible, RuntimeTypeHandle type)
    {
        _type = type;
        Id = id;
        Handle = handle;
        IsVirtual = isVirtual;
        _collectible = collectible is null ? null : new WeakReference<Type>(collectible);
    }

    /// <summary>A method of which nothing is known.</summary>
    public static Callee Unknown { get; } = new(CallPairs.UnknownCallee, 0, isVirtual: true, null, default);

    /// <summary>For <see cref="CallPairs.Add"/>.</summary>
    public long Id { get; }

    /// <summary>Value of the method's handle; zero where there is none.</summary>
    public nuint Handle { get; }

    /// <summary>False for a method that every receiver runs, so that the call was a direct one.</summary>
    public bool IsVirtual { get; }

    /// <summary>True if its addresses are its own as long as the process lives.</summary>
    public bool IsForGood => _collectible is null;

    /// <summary>False once the method's load context is gone and its addresses may be others'.</summary>
    public bool IsAlive => _collectible is null || _collectible.TryGetTarget(out _);

    /// <summary>The method; null where it is not known, or gone.</summary>
    public MethodBase? Method => Handle == 0 || !IsAlive ? null : MethodBase.GetMethodFromHandle(RuntimeMethodHandle.FromIntPtr((nint)Handle), _type);

    /// <summary>Describes a method. Slow, and it allocates.</summary>
    public static Callee Of(MethodBase method)
    {
        // A copy of the Runtime that owns no map gives ids that the owner could not read.
        long id = Host.OwnsMap ? CalleeIds.Of(method) : CallPairs.UnknownCallee;
        return new Callee(id, (nuint)method.MethodHandle.Value, method.IsVirtual || IsOfVectors(method), CollectibleOf(method), method.DeclaringType!.TypeHandle);
    }

    // The runtime's own class with what vectors do as collections; its methods are not virtual themselves.
    private static bool IsOfVectors(MethodBase method) => method.DeclaringType!.FullName == "System.SZArrayHelper";

    private static Type? CollectibleOf(MethodBase method)
    {
        if (!method.IsCollectible)
        {
            return null;
        }

        return method.DeclaringType is { IsCollectible: true } type ? type
            : method.IsGenericMethod ? Array.Find(method.GetGenericArguments(), static argument => argument.IsCollectible) : null;
    }
}
