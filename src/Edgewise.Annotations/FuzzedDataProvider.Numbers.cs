using System.Numerics;
using System.Runtime.CompilerServices;

namespace Edgewise.Annotations;

/// <content>Numbers and choices, which come from the end of the input.</content>
public sealed partial class FuzzedDataProvider
{
    private const int BitsOfByte = 8;

    /// <summary>Any number of a type.</summary>
    /// <typeparam name="T">An integer of at most 64 bits, or <c>char</c>.</typeparam>
    /// <exception cref="NotSupportedException">The type has more than 64 bits.</exception>
    public T ConsumeIntegral<T>()
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => ConsumeIntegralInRange(T.MinValue, T.MaxValue);

    /// <summary>A number of a range; not all are equally likely.</summary>
    /// <typeparam name="T">An integer of at most 64 bits, or <c>char</c>.</typeparam>
    /// <param name="minimum">The smallest; also the answer when the input is used up.</param>
    /// <param name="maximum">The largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest is larger than the largest.</exception>
    /// <exception cref="NotSupportedException">The type has more than 64 bits.</exception>
    public T ConsumeIntegralInRange<T>(T minimum, T maximum)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimum, maximum);
        int bits = Unsafe.SizeOf<T>() * BitsOfByte;
        if (bits > sizeof(ulong) * BitsOfByte)
        {
            throw new NotSupportedException($"{typeof(T).Name}: expected an integer of at most 64 bits");
        }

        ulong smallest = ulong.CreateTruncating(minimum);
        ulong range = ulong.CreateTruncating(maximum) - smallest;
        ulong result = 0;
        int end = _end;
        for (int offset = 0; offset < bits && range >> offset > 0 && _end > _front; offset += BitsOfByte)
        {
            result = (result << BitsOfByte) | _data[--_end];
        }

        Parts?.Add(new ConsumedPart(_end, end - _end, IsNumber: true));
        if (range != ulong.MaxValue)
        {
            result %= range + 1;
        }

        return T.CreateTruncating(smallest + result);
    }

    /// <summary>A truth value; false when the input is used up.</summary>
    public bool ConsumeBool() => (ConsumeIntegral<byte>() & 1) != 0;

    /// <summary>A defined value of an enum: those of equal number count once, and the first is the one with the smallest unsigned number.</summary>
    /// <remarks>The C++ header takes enums that count up from 0 without gaps, and gives the same values for those.</remarks>
    /// <exception cref="ArgumentException">The enum has no values.</exception>
    public TEnum ConsumeEnum<TEnum>()
        where TEnum : struct, Enum
    {
        TEnum[] values = EnumValues<TEnum>.All;
        if (values.Length == 0)
        {
            throw new ArgumentException($"{typeof(TEnum).FullName}: expected an enum with values");
        }

        return values[ConsumeIntegralInRange(0u, (uint)values.Length - 1)];
    }

    /// <summary>One of some values.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public T PickValueInArray<T>(params T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0)
        {
            throw new ArgumentException("expected at least one value to pick from", nameof(values));
        }

        return values[ConsumeIntegralInRange(0ul, (ulong)values.Length - 1)];
    }

    /// <summary>A number from 0 to 1, both included; 0 when the input is used up.</summary>
    /// <typeparam name="T"><c>double</c> or <c>float</c>.</typeparam>
    public T ConsumeProbability<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Unsafe.SizeOf<T>() <= sizeof(uint)
            ? T.CreateTruncating(ConsumeIntegral<uint>()) / T.CreateTruncating(uint.MaxValue)
            : T.CreateTruncating(ConsumeIntegral<ulong>()) / T.CreateTruncating(ulong.MaxValue);

    /// <summary>Any finite number of a type.</summary>
    /// <typeparam name="T"><c>double</c> or <c>float</c>.</typeparam>
    public T ConsumeFloatingPoint<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T> => ConsumeFloatingPointInRange(T.MinValue, T.MaxValue);

    /// <summary>A number of a range.</summary>
    /// <typeparam name="T"><c>double</c> or <c>float</c>.</typeparam>
    /// <param name="minimum">The smallest; also the answer when the input is used up.</param>
    /// <param name="maximum">The largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest is larger than the largest.</exception>
    public T ConsumeFloatingPointInRange<T>(T minimum, T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimum, maximum);
        T result = minimum;
        T range = maximum - minimum;
        if (maximum > T.Zero && minimum < T.Zero && maximum > minimum + T.MaxValue)
        {
            // The difference is more than the type can hold: one of its two halves.
            T two = T.One + T.One;
            range = (maximum / two) - (minimum / two);
            if (ConsumeBool())
            {
                result += range;
            }
        }

        return result + (range * ConsumeProbability<T>());
    }

    private static class EnumValues<TEnum>
        where TEnum : struct, Enum
    {
        // In the order of their unsigned numbers.
        public static readonly TEnum[] All = [.. Enum.GetValues<TEnum>().Distinct()];
    }
}
