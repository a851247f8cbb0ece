using System.Buffers.Binary;

namespace Edgewise.Symbols.Dwarf;

/// <summary>Reads debug information from front to end.</summary>
/// <remarks>Encodings: DWARF 5, 7.4 (lengths), 7.5.5 and 7.5.6 (forms), 7.6 (LEB128). What ends too early is an <see cref="ArgumentOutOfRangeException"/>.</remarks>
internal sealed class DwarfCursor(ReadOnlyMemory<byte> content)
{
    /// <summary>The form whose value stands with the abbreviation.</summary>
    public const int ImplicitConstant = 0x21;

    private const uint Wide = uint.MaxValue;

    private ReadOnlyMemory<byte> _rest = content;

    /// <summary>True where nothing is left.</summary>
    public bool IsAtEnd => _rest.IsEmpty;

    /// <summary>A unit, behind its length.</summary>
    public DwarfCursor Unit(out bool is64)
    {
        ulong length = UInt32();
        is64 = length == Wide;
        length = is64 ? UInt64() : length;
        return new DwarfCursor(Take(length));
    }

    /// <summary>A byte.</summary>
    public int Byte() => Take(1).Span[0];

    /// <summary>Two bytes.</summary>
    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)).Span);

    /// <summary>An offset of the unit's width.</summary>
    public ulong Offset(bool is64) => is64 ? UInt64() : UInt32();

    /// <summary>A number without sign in LEB128.</summary>
    public ulong Uleb()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            int next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>A number with a sign in LEB128.</summary>
    public long Sleb()
    {
        long value = 0;
        for (int shift = 0; ;)
        {
            int next = Byte();
            value |= (long)(next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80)
            {
                return shift < 64 && (next & 0x40) != 0 ? value | (-1L << shift) : value;
            }
        }
    }

    /// <summary>Passes over bytes.</summary>
    public void Skip(ulong count) => Take(count);

    /// <summary>The bytes up to a zero, which is passed over.</summary>
    public ReadOnlyMemory<byte> UntilZero()
    {
        int end = _rest.Span.IndexOf((byte)0);
        ReadOnlyMemory<byte> text = Take(end < 0 ? ulong.MaxValue : (ulong)end);
        Skip(1);
        return text;
    }

    /// <summary>A text of a form; of a form for something else the cursor stands where it stood, and there is none.</summary>
    public DwarfText Text(int form, bool is64) => form switch
    {
        0x08 => new DwarfText(DwarfTextKind.Inline, 0, UntilZero()),
        0x0E => new DwarfText(DwarfTextKind.Offset, Offset(is64), default),
        0x1F => new DwarfText(DwarfTextKind.LineOffset, Offset(is64), default),
        0x1A or 0x1F02 => new DwarfText(DwarfTextKind.Index, Uleb(), default),
        0x25 => new DwarfText(DwarfTextKind.Index, (ulong)Byte(), default),
        0x26 => new DwarfText(DwarfTextKind.Index, (ulong)UInt16(), default),
        0x27 => new DwarfText(DwarfTextKind.Index, (ulong)(UInt16() | (Byte() << 16)), default),
        0x28 => new DwarfText(DwarfTextKind.Index, UInt32(), default),
        _ => throw new InvalidDataException($"a text in form 0x{form:x}"),
    };

    /// <summary>Passes over a value.</summary>
    public void SkipForm(int form, bool is64, int addressSize)
    {
        switch (form)
        {
            case 0x19 or ImplicitConstant:
                break;
            case 0x0B or 0x0C or 0x11 or 0x25 or 0x29:
                Skip(1);
                break;
            case 0x05 or 0x12 or 0x26 or 0x2A:
                Skip(2);
                break;
            case 0x27 or 0x2B:
                Skip(3);
                break;
            case 0x06 or 0x13 or 0x28 or 0x2C:
                Skip(4);
                break;
            case 0x07 or 0x14 or 0x20:
                Skip(8);
                break;
            case 0x1E:
                Skip(16);
                break;
            case 0x01:
                Skip((ulong)addressSize);
                break;
            case 0x0E or 0x17 or 0x1F or 0x10 or 0x1D:
                Offset(is64);
                break;
            case 0x0D or 0x0F or 0x15 or 0x1A or 0x1B or 0x22 or 0x23 or 0x1F01 or 0x1F02:
                Uleb();
                break;
            case 0x08:
                UntilZero();
                break;
            case 0x0A:
                Skip((ulong)Byte());
                break;
            case 0x18 or 0x09:
                Skip(Uleb());
                break;
            default:
                throw new InvalidDataException($"form 0x{form:x}");
        }
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span);

    private ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)).Span);

    private ReadOnlyMemory<byte> Take(ulong count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (ulong)_rest.Length);
        ReadOnlyMemory<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
