namespace Edgewise.Runtime;

/// <summary>
/// The contract between an instrumented module's holder class and the host that owns the coverage map.
/// The holder's class constructor asks <see cref="AppContext"/> for <see cref="Key"/>; what it finds there is a
/// <c>Func&lt;RuntimeTypeHandle, long, int, int, nint&gt;</c> that takes the holder's type handle, the first eight bytes of the
/// SHA-256 of the original image (big-endian), a <see cref="RegistrationKind"/> and the module's number of points.
/// </summary>
/// <remarks>
/// The delegate answers zero where it has nothing to give; the holder then takes pinned memory of its own. It never throws.
/// A change of this contract takes a new key, so that images instrumented by an older version keep running.
/// </remarks>
public static class Registration
{
    /// <summary>The name of the registration delegate in <see cref="AppContext"/>; the number is the contract's version.</summary>
    public const string Key = "Edgewise.Register.1";

    /// <summary>Name of the holder class: the last TypeDef of an instrumented module, in no namespace.</summary>
    public const string HolderName = "<Edgewise>";
}
