namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>The kinds of value that IL tells apart on the evaluation stack (ECMA-335 III.1.1 and III.1.8).</summary>
/// <remarks>The two floating-point widths are one kind there; here they are two, because their bits are traced.</remarks>
internal enum StackKind
{
    /// <summary>Not known; <see cref="StackValue.Reason"/> says why.</summary>
    Unknown,

    /// <summary>32-bit integer, which every narrower one becomes when it is loaded.</summary>
    I4,

    /// <summary>64-bit integer.</summary>
    I8,

    /// <summary>Integer as wide as an address; unmanaged and function pointers are that too.</summary>
    NativeInt,

    /// <summary>32-bit floating point.</summary>
    F4,

    /// <summary>64-bit floating point.</summary>
    F8,

    /// <summary>Object reference.</summary>
    O,

    /// <summary>Managed pointer.</summary>
    ManagedPointer,

    /// <summary>A structure. Enumerations are integers.</summary>
    ValueType,
}
