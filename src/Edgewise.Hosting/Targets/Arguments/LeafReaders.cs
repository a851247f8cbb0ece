using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>Readers of values that have no parts.</summary>
/// <remarks>
/// A number is read as the bytes it has in memory, little-endian, those of a signed one too: so what a target compares it with can be found in the input and
/// put there. For the same reason all bits of a floating-point number come from the input, NaN and the infinities among them.
/// </remarks>
internal static class LeafReaders
{
    private static readonly Dictionary<Type, Delegate> Readers = new List<Delegate>
    {
        Of(data => data.ConsumeBool()),
        Of(data => (char)data.ConsumeIntegral<ushort>()),
        Of(data => data.ConsumeIntegral<byte>()),
        Of(data => (sbyte)data.ConsumeIntegral<byte>()),
        Of(data => data.ConsumeIntegral<ushort>()),
        Of(data => (short)data.ConsumeIntegral<ushort>()),
        Of(data => data.ConsumeIntegral<uint>()),
        Of(data => (int)data.ConsumeIntegral<uint>()),
        Of(data => data.ConsumeIntegral<ulong>()),
        Of(data => (long)data.ConsumeIntegral<ulong>()),
        Of(data => (nuint)data.ConsumeIntegral<ulong>()),
        Of(data => (nint)data.ConsumeIntegral<ulong>()),
        Of(Wide),
        Of(data => (Int128)Wide(data)),
        Of(data => BitConverter.UInt16BitsToHalf(data.ConsumeIntegral<ushort>())),
        Of(data => BitConverter.UInt32BitsToSingle(data.ConsumeIntegral<uint>())),
        Of(data => BitConverter.UInt64BitsToDouble(data.ConsumeIntegral<ulong>())),
        Of(Decimal),
        Of(data => data.ConsumeRandomLengthString()),
        Of(data => new Rune(Scalar(data))),
        Of(Guid),
        Of(Ticks),
        Of(data => new DateTimeOffset(data.ConsumeIntegralInRange(0L, DateTime.MaxValue.Ticks), TimeSpan.Zero)),
        Of(data => DateOnly.FromDayNumber(data.ConsumeIntegralInRange(0, DateOnly.MaxValue.DayNumber))),
        Of(data => new TimeOnly(data.ConsumeIntegralInRange(0L, TimeOnly.MaxValue.Ticks))),
        Of(data => new TimeSpan((long)data.ConsumeIntegral<ulong>())),
        Of(data => new BigInteger(data.ConsumeRandomLengthBytes(data.RemainingBytes))),
        Of(Bytes),
        Of(data => new ReadOnlyMemory<byte>(Bytes(data))),
        Of(data => new Memory<byte>(Bytes(data))),
        Of(Stream),
        Of(_ => CancellationToken.None),
        Of(data => data),
    }.ToDictionary(reader => reader.GetType().GenericTypeArguments[0]);

    // A last parameter that holds bytes takes all that is left: no escapes then, and no end before the end.
    private static readonly Dictionary<Type, Delegate> RestReaders = new List<Delegate>
    {
        Of(data => data.ConsumeRemainingBytesAsString()),
        Of(data => data.ConsumeRemainingBytes()),
        Of(data => new ReadOnlyMemory<byte>(data.ConsumeRemainingBytes())),
        Of(data => new Memory<byte>(data.ConsumeRemainingBytes())),
        Of<Stream>(data => new MemoryStream(data.ConsumeRemainingBytes(), writable: false)),
    }.ToDictionary(reader => reader.GetType().GenericTypeArguments[0]);

    /// <summary>The reader of a type; null if values of the type have parts, or cannot be read.</summary>
    public static Delegate? Find(Type type) => Readers.GetValueOrDefault(type);

    /// <summary>The reader of a type that takes all that is left of the input; null if there is none.</summary>
    public static Delegate? FindRest(Type type) => RestReaders.GetValueOrDefault(type);

    /// <summary>Reads one of the values of an enum.</summary>
    public static ValueReader<T> Enum<T>()
        where T : struct, Enum => (data, _) => data.ConsumeEnum<T>();

    /// <summary>Reads any combination of the flags of an enum.</summary>
    public static ValueReader<T> Flags<T>()
        where T : struct, Enum
    {
        ulong all = System.Enum.GetValues<T>().Aggregate(0UL, (bits, value) => bits | Bits(value));
        return (data, _) =>
        {
            ulong bits = all & Unsafe.SizeOf<T>() switch
            {
                sizeof(byte) => data.ConsumeIntegral<byte>(),
                sizeof(ushort) => data.ConsumeIntegral<ushort>(),
                sizeof(uint) => data.ConsumeIntegral<uint>(),
                _ => data.ConsumeIntegral<ulong>(),
            };
            return Unsafe.As<ulong, T>(ref bits);
        };
    }

    private static ValueReader<T> Of<T>(Func<FuzzedDataProvider, T> read) => (data, _) => read(data);

    private static ulong Bits<T>(T value)
        where T : struct, Enum
    {
        ulong bits = 0;
        Unsafe.As<ulong, T>(ref bits) = value;
        return bits;
    }

    private static UInt128 Wide(FuzzedDataProvider data)
    {
        ulong upper = data.ConsumeIntegral<ulong>();
        return new UInt128(upper, data.ConsumeIntegral<ulong>());
    }

    private static decimal Decimal(FuzzedDataProvider data)
    {
        const byte LargestScale = 28;
        bool isNegative = data.ConsumeBool();
        byte scale = data.ConsumeIntegralInRange<byte>(0, LargestScale);
        uint high = data.ConsumeIntegral<uint>();
        uint middle = data.ConsumeIntegral<uint>();
        return new decimal((int)data.ConsumeIntegral<uint>(), (int)middle, (int)high, isNegative, scale);
    }

    private static Guid Guid(FuzzedDataProvider data)
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<Guid>()];
        bytes.Clear();
        data.ConsumeData(bytes);
        return new Guid(bytes);
    }

    private static DateTime Ticks(FuzzedDataProvider data)
    {
        long ticks = data.ConsumeIntegralInRange(0L, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, data.ConsumeEnum<DateTimeKind>());
    }

    private static int Scalar(FuzzedDataProvider data)
    {
        const int FirstSurrogate = 0xD800;
        const int Surrogates = 0x800;
        const int LastScalar = 0x10FFFF;
        int index = data.ConsumeIntegralInRange(0, LastScalar - Surrogates);
        return index < FirstSurrogate ? index : index + Surrogates;
    }

    private static byte[] Bytes(FuzzedDataProvider data) => data.ConsumeRandomLengthBytes(data.RemainingBytes);

    private static Stream Stream(FuzzedDataProvider data) => new MemoryStream(Bytes(data), writable: false);
}
