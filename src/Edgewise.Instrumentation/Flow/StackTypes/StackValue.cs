namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>What is known of a value on the evaluation stack.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Reason">Why the type is not known, where it is not.</param>
/// <param name="IsConstant">It is the direct result of <c>ldc</c>, conversions included.</param>
/// <param name="TypeIndex">Its full type in the module's type table, or 0 where only <paramref name="Type"/> is known.</param>
/// <param name="Producer">Offset of the instruction that pushed it; -1 where several paths or an exception did.</param>
/// <param name="Constant">Value of a constant: integers sign-extended from their stack kind, floating point as bits (4 or 8 bytes).</param>
internal readonly record struct StackValue(
    StackType Type, SkipReason Reason, bool IsConstant, int TypeIndex, int Producer, long Constant)
{
    /// <summary>Its kind on the stack.</summary>
    public StackKind Kind => Type.Kind();
}
