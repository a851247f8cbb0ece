namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>What the generator knows of a value that it pushed: how it is declared, and whether it is a constant. Its rules are those of docs/stack-types.md, read anew.</summary>
/// <param name="Type">The smallest declared type that is known to hold it.</param>
/// <param name="Constant">Its value where it is a constant: integers as they are, floating point as bits.</param>
internal readonly record struct Operand(ValueType Type, long? Constant = null)
{
    // From small to large: where none of the small ones holds both of two values, the last does.
    private static readonly ValueType[] Integers =
        [ValueType.Boolean, ValueType.Byte, ValueType.SByte, ValueType.UInt16, ValueType.Int16, ValueType.UInt32, ValueType.Int32];

    /// <summary>Its kind.</summary>
    public ValueKind Kind => Type.Kind();

    /// <summary>Bytes that a comparison of this type has, 0 where it is not traced.</summary>
    public int Width => Kind switch
    {
        ValueKind.Object => 0,
        ValueKind.Int64 or ValueKind.Native or ValueKind.Double => 8,
        ValueKind.Single => 4,
        _ when Type == ValueType.Boolean => 0,
        _ => Type.Range() is var (least, greatest) && greatest - least <= byte.MaxValue ? 1 : greatest - least <= ushort.MaxValue ? 2 : 4,
    };

    /// <summary>The same value, not a constant any more, as arithmetic leaves it: as wide as its kind.</summary>
    public Operand Computed() => new(Kind == ValueKind.Int32 ? ValueType.Int32 : Type);

    /// <summary>What holds both of two operands that meet in a comparison, a bitwise operation, or at the end of two paths.</summary>
    public static Operand Common(Operand left, Operand right, bool constantsShrink)
    {
        if (left.Kind != right.Kind)
        {
            return new(left.Kind is ValueKind.Single or ValueKind.Double ? ValueType.Double : ValueType.IntPtr);
        }

        if (left.Kind != ValueKind.Int32)
        {
            return new(left.Type);
        }

        bool both = left.Constant is not null && right.Constant is not null;
        (long, long) first = left.Constant is not null && (!both || constantsShrink) ? Least(left, right) : left.Type.Range();
        (long, long) second = right.Constant is not null && (!both || constantsShrink) ? Least(right, left) : right.Type.Range();
        return new(Holding(first, second));
    }

    private static (long, long) Least(Operand constant, Operand beside)
    {
        if (constant.Type != ValueType.Int32)
        {
            return constant.Type.Range();
        }

        long value = constant.Constant!.Value;
        (long least, long greatest) = beside.Type.Range();
        return beside.Constant is null && value >= least && value <= greatest ? (least, greatest) : Holding((value, value), (value, value)).Range();
    }

    private static ValueType Holding((long Least, long Greatest) first, (long Least, long Greatest) second)
    {
        foreach (ValueType type in Integers)
        {
            (long least, long greatest) = type.Range();
            if (Math.Min(first.Least, second.Least) >= least && Math.Max(first.Greatest, second.Greatest) <= greatest)
            {
                return type;
            }
        }

        return ValueType.Int32;
    }
}
