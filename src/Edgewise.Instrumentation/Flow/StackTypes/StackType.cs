namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Type of a value on the evaluation stack: its kind and, of an integer, what it was declared as.</summary>
/// <remarks>
/// The members are a lattice, and their order is one of its linear extensions: what can become another type at a join comes before it, and
/// <see cref="Unknown"/>, the top, is last. An integer type stands for the values that it can hold, so a smaller one lies below a larger one
/// that holds all of them; <see cref="StackTypeLattice"/> has the relation. Enumerations count as their underlying type.
/// </remarks>
internal enum StackType : byte
{
    /// <summary>No value.</summary>
    None,

    /// <summary>0 or 1, as comparisons leave it.</summary>
    Boolean,

    /// <summary>8 bits, zero-extended.</summary>
    Byte,

    /// <summary>8 bits, sign-extended.</summary>
    SByte,

    /// <summary>16 bits, zero-extended: a UTF-16 code unit.</summary>
    Char,

    /// <summary>16 bits, zero-extended.</summary>
    UInt16,

    /// <summary>16 bits, sign-extended.</summary>
    Int16,

    /// <summary>A type of an assembly that is not at hand. In arithmetic and comparisons it must be an enumeration, of unknown width.</summary>
    Unresolved,

    /// <summary>32 bits, declared unsigned.</summary>
    UInt32,

    /// <summary>32 bits.</summary>
    Int32,

    /// <summary>64 bits, declared unsigned.</summary>
    UInt64,

    /// <summary>64 bits.</summary>
    Int64,

    /// <summary>As wide as an address, declared unsigned; also an unmanaged pointer.</summary>
    UIntPtr,

    /// <summary>As wide as an address.</summary>
    IntPtr,

    /// <summary>32-bit floating point.</summary>
    Single,

    /// <summary>64-bit floating point.</summary>
    Double,

    /// <summary>Object reference.</summary>
    Object,

    /// <summary>Managed pointer.</summary>
    ManagedPointer,

    /// <summary>Structure.</summary>
    ValueType,

    /// <summary>A type parameter, which may stand for any type.</summary>
    GenericParameter,

    /// <summary>Not known.</summary>
    Unknown,
}
