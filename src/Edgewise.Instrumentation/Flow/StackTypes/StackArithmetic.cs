namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Types of results (ECMA-335 III.1.5) and of values that meet.</summary>
internal static class StackArithmetic
{
    private const int Subtract = 0x59;
    private const int SubtractChecked = 0xDA;
    private const int SubtractCheckedUnsigned = 0xDB;

    /// <summary>The type that holds two operands; beside one that is no constant, a constant is as small as its value.</summary>
    public static StackType Common(in StackValue left, in StackValue right)
    {
        StackType first = left.IsConstant && !right.IsConstant ? StackTypeLattice.Smallest(left.Type, left.Constant, right.Type) : left.Type;
        StackType second = right.IsConstant && !left.IsConstant ? StackTypeLattice.Smallest(right.Type, right.Constant, left.Type) : right.Type;
        return StackTypeLattice.Join(first, second);
    }

    /// <summary>Type of a sum, difference, product, quotient or remainder.</summary>
    public static StackType Result(int opcode, StackType left, StackType right)
    {
        if (left == StackType.ManagedPointer || right == StackType.ManagedPointer)
        {
            bool isDistance = left == right && opcode is Subtract or SubtractChecked or SubtractCheckedUnsigned;
            bool isAddress = left != right && IsOffset(left == StackType.ManagedPointer ? right : left);
            return isDistance ? StackType.IntPtr : isAddress ? StackType.ManagedPointer : StackType.Unknown;
        }

        StackType joined = StackTypeLattice.Join(Full(left), Full(right));
        return joined is StackType.Unresolved || joined.Kind() is not StackKind.O and not StackKind.ValueType ? joined : StackType.Unknown;
    }

    /// <summary>The type as wide as its kind: results need not fit a narrower one.</summary>
    public static StackType Full(StackType type) => type is >= StackType.Boolean and <= StackType.Int16 ? StackType.Int32 : type;

    /// <summary>The value that is left where two paths meet.</summary>
    /// <remarks>It lies above both in the lattice: a constant below the types that hold it, those below larger ones, all below unknown.</remarks>
    public static StackValue Merge(in StackValue known, in StackValue arriving)
    {
        if (known.Type == arriving.Type && known.TypeIndex == arriving.TypeIndex && known.IsConstant == arriving.IsConstant && known.Constant == arriving.Constant)
        {
            return known.Producer == arriving.Producer ? known : known with { Producer = -1 };
        }

        StackType first = known.IsConstant ? Smallest(known, arriving) : known.Type;
        StackType second = arriving.IsConstant ? Smallest(arriving, known) : arriving.Type;
        StackType type = StackTypeLattice.Join(first, second);
        int full = known.TypeIndex == arriving.TypeIndex || (arriving.IsConstant && known.Type == type) ? known.TypeIndex
            : known.IsConstant && arriving.Type == type ? arriving.TypeIndex
            : ElementCode.Of(type);
        return new StackValue(type, ReasonOf(type, known, arriving), false, full, -1, 0);
    }

    /// <summary>Why the type that two values have in common is not known.</summary>
    public static SkipReason ReasonOf(StackType type, in StackValue left, in StackValue right) => type switch
    {
        StackType.Unresolved => SkipReason.UnresolvedType,
        StackType.GenericParameter => SkipReason.GenericParameter,
        StackType.Unknown when left.Reason is not SkipReason.None and not SkipReason.UnresolvedType => left.Reason,
        StackType.Unknown when right.Reason is not SkipReason.None and not SkipReason.UnresolvedType => right.Reason,
        StackType.Unknown => SkipReason.MergeConflict,
        _ => SkipReason.None,
    };

    private static bool IsOffset(StackType type) =>
        type == StackType.Unresolved || type.Kind() is StackKind.I4 or StackKind.NativeInt;

    private static StackType Smallest(in StackValue constant, in StackValue other) =>
        StackTypeLattice.Smallest(constant.Type, constant.Constant, other.IsConstant ? StackType.Unknown : other.Type);
}
