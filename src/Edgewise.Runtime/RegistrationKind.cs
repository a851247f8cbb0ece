namespace Edgewise.Runtime;

/// <summary>What a holder class asks the host for.</summary>
public enum RegistrationKind
{
    /// <summary>The address of the module's 8-bit counters: its slice of the coverage map.</summary>
    Counters = 0,

    /// <summary>The address of the module's flags, one byte a point: the same slice, unless the module has counters too.</summary>
    Flags = 1,

    /// <summary>The address of the module's 32-bit guards, all zero until a callback numbers them.</summary>
    Guards = 2,

    /// <summary>Not an address: the process-wide number of the module's first point (its offset in the coverage map).</summary>
    FirstPoint = 3,

    /// <summary>
    /// The address of the module's table of recent compares, 16-byte aligned; instead of its points the module gives the bytes that it needs, and it has
    /// asked for <see cref="FirstPoint"/> before.
    /// </summary>
    Compares = 4,

    /// <summary>
    /// Not an address: the process-wide number of the module's first site; instead of its points the module gives its sites, and it has asked for
    /// <see cref="FirstPoint"/> before.
    /// </summary>
    FirstSite = 5,

    /// <summary>
    /// The address of the module's gate, a byte that is not zero while callbacks of a <c>gated</c> module are called; the module has asked for
    /// <see cref="FirstPoint"/> before.
    /// </summary>
    Gate = 6,

    /// <summary>
    /// The address of the module's slots for comparisons of sequences, all zero (<see cref="Formats.SequenceSlots"/>); instead of its points the module gives the
    /// bytes that it needs, and it has asked for <see cref="FirstPoint"/> before.
    /// </summary>
    Sequences = 7,
}
