namespace Workloads;

/// <summary>A JSON parser over UTF-8 bytes that keeps no tree: it checks a document and adds up what it says.</summary>
/// <remarks>One object serves many documents. Small methods and byte compares make it the hardest kind of code for a probe to be cheap in.</remarks>
public sealed class MiniJson
{
    private const int MaximumDepth = 64;

    private byte[] _data = [];
    private int _pos;
    private int _depth;
    private int _values;
    private long _sum;
    private uint _hash;

    /// <summary>Values that the last document held, objects and arrays included.</summary>
    public int Values => _values;

    /// <summary>Sum of the integer parts of its numbers, wrapping.</summary>
    public long Sum => _sum;

    /// <summary>A hash of its strings, escapes resolved.</summary>
    public uint Hash => _hash;

    /// <summary>Where the last document was left: its length, or the place of the mistake.</summary>
    public int Position => _pos;

    /// <summary>Reads one document.</summary>
    /// <returns>True if it is a JSON text and nothing else.</returns>
    public bool Parse(byte[] data)
    {
        _data = data;
        _pos = 0;
        _depth = 0;
        _values = 0;
        _sum = 0;
        _hash = 2166136261;
        SkipWhitespace();
        if (!ReadValue())
        {
            return false;
        }

        SkipWhitespace();
        return AtEnd();
    }

    private bool AtEnd() => _pos >= _data.Length;

    private byte Peek() => _pos < _data.Length ? _data[_pos] : (byte)0;

    private byte Next() => _pos < _data.Length ? _data[_pos++] : (byte)0;

    private void Skip() => _pos++;

    private bool Accept(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        Skip();
        return true;
    }

    private static bool IsWhitespace(byte b) => b == ' ' || b == '\n' || b == '\r' || b == '\t';

    private static bool IsDigit(byte b) => b >= '0' && b <= '9';

    private void SkipWhitespace()
    {
        while (IsWhitespace(Peek()))
        {
            Skip();
        }
    }

    private bool ReadValue()
    {
        _values++;
        switch (Peek())
        {
            case (byte)'{':
                return ReadObject();
            case (byte)'[':
                return ReadArray();
            case (byte)'"':
                return ReadString();
            case (byte)'t':
                return ReadLiteral("true"u8);
            case (byte)'f':
                return ReadLiteral("false"u8);
            case (byte)'n':
                return ReadLiteral("null"u8);
            default:
                return ReadNumber();
        }
    }

    private bool Enter()
    {
        Skip();
        return ++_depth <= MaximumDepth;
    }

    private bool Leave(byte end)
    {
        _depth--;
        return Accept(end);
    }

    private bool ReadObject()
    {
        if (!Enter())
        {
            return false;
        }

        SkipWhitespace();
        if (Peek() == '}')
        {
            return Leave((byte)'}');
        }

        do
        {
            SkipWhitespace();
            if (!ReadMember())
            {
                return false;
            }

            SkipWhitespace();
        }
        while (Accept((byte)','));

        return Leave((byte)'}');
    }

    private bool ReadMember()
    {
        if (Peek() != '"' || !ReadString())
        {
            return false;
        }

        SkipWhitespace();
        if (!Accept((byte)':'))
        {
            return false;
        }

        SkipWhitespace();
        return ReadValue();
    }

    private bool ReadArray()
    {
        if (!Enter())
        {
            return false;
        }

        SkipWhitespace();
        if (Peek() == ']')
        {
            return Leave((byte)']');
        }

        do
        {
            SkipWhitespace();
            if (!ReadValue())
            {
                return false;
            }

            SkipWhitespace();
        }
        while (Accept((byte)','));

        return Leave((byte)']');
    }

    private void Mix(int value) => _hash = (_hash ^ (uint)value) * 16777619;

    private bool ReadString()
    {
        Skip();
        while (!AtEnd())
        {
            byte b = Next();
            if (b == '"')
            {
                return true;
            }

            if (b < 0x20)
            {
                return false;
            }

            if (b == '\\')
            {
                if (!ReadEscape())
                {
                    return false;
                }
            }
            else
            {
                Mix(b);
            }
        }

        return false;
    }

    private bool ReadEscape()
    {
        byte b = Next();
        switch (b)
        {
            case (byte)'n':
                Mix('\n');
                return true;
            case (byte)'t':
                Mix('\t');
                return true;
            case (byte)'r':
                Mix('\r');
                return true;
            case (byte)'b':
                Mix('\b');
                return true;
            case (byte)'f':
                Mix('\f');
                return true;
            case (byte)'"':
            case (byte)'\\':
            case (byte)'/':
                Mix(b);
                return true;
            case (byte)'u':
                return ReadHex();
            default:
                return false;
        }
    }

    private static int HexValue(byte b) =>
        IsDigit(b) ? b - '0' : (b | 0x20) is >= 'a' and <= 'f' ? (b | 0x20) - 'a' + 10 : -1;

    private bool ReadHex()
    {
        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            int digit = HexValue(Next());
            if (digit < 0)
            {
                return false;
            }

            value = (value << 4) | digit;
        }

        Mix(value);
        return true;
    }

    private bool ReadLiteral(ReadOnlySpan<byte> literal)
    {
        foreach (byte b in literal)
        {
            if (!Accept(b))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadNumber()
    {
        bool negative = Accept((byte)'-');
        if (!IsDigit(Peek()))
        {
            return false;
        }

        long value = ReadInteger();
        _sum += negative ? -value : value;
        if (Accept((byte)'.') && !SkipDigits())
        {
            return false;
        }

        return (Peek() | 0x20) != 'e' || ReadExponent();
    }

    private long ReadInteger()
    {
        if (Accept((byte)'0'))
        {
            return 0;
        }

        long value = 0;
        while (IsDigit(Peek()))
        {
            value = value * 10 + (Next() - '0');
        }

        return value;
    }

    private bool SkipDigits()
    {
        if (!IsDigit(Peek()))
        {
            return false;
        }

        while (IsDigit(Peek()))
        {
            Skip();
        }

        return true;
    }

    private bool ReadExponent()
    {
        Skip();
        byte sign = Peek();
        if (sign == '+' || sign == '-')
        {
            Skip();
        }

        return SkipDigits();
    }
}
