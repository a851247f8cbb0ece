namespace Edgewise.Feedback.Kernels;

/// <summary>
/// The few operations on a vector of bytes that the kernels are written in, so that each loop stands once for all widths.
/// Implementations are empty structs: the JIT specialises a kernel for each, and nothing of this interface is left in the machine code.
/// </summary>
/// <typeparam name="TVector">The vector: 16, 32 or 64 bytes.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Whether this machine runs the width; a constant to the JIT.</summary>
    static abstract bool IsSupported { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Load(ref byte source, nuint offset);

    static abstract void Store(TVector value, ref byte destination, nuint offset);

    /// <summary>The hit-count class of each byte.</summary>
    static abstract TVector Classify(TVector counters);

    static abstract TVector Or(TVector left, TVector right);

    /// <summary>The bits of <paramref name="left"/> that <paramref name="right"/> has not.</summary>
    static abstract TVector AndNot(TVector left, TVector right);

    static abstract TVector Max(TVector left, TVector right);

    /// <summary>Unsigned <paramref name="left"/> − <paramref name="right"/>, zero where that is negative.</summary>
    static abstract TVector SubtractSaturate(TVector left, TVector right);

    /// <summary><paramref name="value"/> in the bytes where <paramref name="condition"/> is zero, zero in all others.</summary>
    static abstract TVector WhereZero(TVector condition, TVector value);

    static abstract bool IsZero(TVector value);
}
