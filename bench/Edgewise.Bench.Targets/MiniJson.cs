namespace Edgewise.Bench.Targets;

/// <summary>
/// A JSON parser over UTF-8 bytes, written by hand as such parsers are: one class that holds the input and a position, a method a production,
/// a test and a branch every byte or so. The worst kind of program for edge coverage, hence the one to measure.
/// </summary>
/// <remarks>
/// It checks the whole grammar and keeps totals of what it saw instead of building a tree, so no allocator hides the probes. As in a fuzz target,
/// each document gets a parser of its own.
/// </remarks>
public sealed class MiniJson
{
    private const int MaximumDepth = 64;

    private readonly byte[] _input;
    private int _position;
    private int _depth;
    private int _values;
    private double _total;

    private MiniJson(byte[] input) => _input = input;

    /// <summary>Parses a document.</summary>
    /// <returns>A number that depends on every value of the document; -1 where it is not JSON.</returns>
    public static int Parse(byte[] document) => new MiniJson(document).ParseDocument();

    private int ParseDocument()
    {
        SkipByteOrderMark();
        if (!ParseValue())
        {
            return -1;
        }

        SkipWhiteSpace();
        return _position == _input.Length ? Checksum() : -1;
    }

    private int Checksum() => (int)((BitConverter.DoubleToInt64Bits(_total) >> 20) + _values) & 0x7FFFFFFF;

    private void SkipByteOrderMark()
    {
        if (_input.Length >= 3 && _input[0] == 0xEF && _input[1] == 0xBB && _input[2] == 0xBF)
        {
            _position = 3;
        }
    }

    private bool ParseValue()
    {
        SkipWhiteSpace();
        _values++;
        switch (Peek())
        {
            case '{':
                return ParseObject();
            case '[':
                return ParseArray();
            case '"':
                return ParseString();
            case 't':
                return ParseLiteral("true"u8, 1);
            case 'f':
                return ParseLiteral("false"u8, 2);
            case 'n':
                return ParseLiteral("null"u8, 3);
            default:
                return ParseNumber();
        }
    }

    private bool ParseObject()
    {
        if (!Enter())
        {
            return false;
        }

        SkipWhiteSpace();
        if (Peek() == '}')
        {
            return Leave();
        }

        while (true)
        {
            SkipWhiteSpace();
            if (!ParseMember())
            {
                return false;
            }

            SkipWhiteSpace();
            switch (Peek())
            {
                case ',':
                    _position++;
                    break;
                case '}':
                    return Leave();
                default:
                    return false;
            }
        }
    }

    private bool ParseMember()
    {
        if (!ParseString())
        {
            return false;
        }

        SkipWhiteSpace();
        return Expect(':') && ParseValue();
    }

    private bool ParseArray()
    {
        if (!Enter())
        {
            return false;
        }

        SkipWhiteSpace();
        if (Peek() == ']')
        {
            return Leave();
        }

        while (true)
        {
            if (!ParseValue())
            {
                return false;
            }

            SkipWhiteSpace();
            int next = Peek();
            if (next == ']')
            {
                return Leave();
            }

            if (next != ',')
            {
                return false;
            }

            _position++;
        }
    }

    private bool ParseString()
    {
        if (!Expect('"'))
        {
            return false;
        }

        int start = _position;
        while (true)
        {
            int unit = Next();
            if (unit == '"')
            {
                _total += _position - start;
                return true;
            }

            if (unit == '\\')
            {
                if (!ParseEscape())
                {
                    return false;
                }
            }
            else if (unit < 0x20)
            {
                return false;
            }
            else if (unit >= 0x80 && !ParseMultibyte(unit))
            {
                return false;
            }
        }
    }

    private bool ParseEscape()
    {
        switch (Next())
        {
            case '"':
            case '\\':
            case '/':
            case 'b':
            case 'f':
            case 'n':
            case 'r':
            case 't':
                return true;
            case 'u':
                return ParseHexEscape();
            default:
                return false;
        }
    }

    private bool ParseHexEscape()
    {
        int unit = 0;
        for (int i = 0; i < 4; i++)
        {
            int digit = HexDigit(Next());
            if (digit < 0)
            {
                return false;
            }

            unit = (unit << 4) | digit;
        }

        _total += unit;
        return true;
    }

    private static int HexDigit(int unit)
    {
        if (unit >= '0' && unit <= '9')
        {
            return unit - '0';
        }

        int lower = unit | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private bool ParseMultibyte(int lead)
    {
        int count = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        int scalar = lead & (0x3F >> count);
        for (int i = 0; i < count; i++)
        {
            int unit = Next();
            if ((unit & 0xC0) != 0x80)
            {
                return false;
            }

            scalar = (scalar << 6) | (unit & 0x3F);
        }

        _total += scalar;
        return lead >= 0xC2 && lead < 0xF5;
    }

    private bool ParseNumber()
    {
        bool negative = false;
        if (Peek() == '-')
        {
            negative = true;
            _position++;
        }

        if (!IsDigit(Peek()))
        {
            return false;
        }

        double value = Peek() == '0' ? SkipZero() : ParseDigits();
        if (Peek() == '.' && !ParseFraction(ref value))
        {
            return false;
        }

        if ((Peek() | 0x20) == 'e' && !ParseExponent(ref value))
        {
            return false;
        }

        _total += negative ? -value : value;
        return true;
    }

    private double SkipZero()
    {
        _position++;
        return 0;
    }

    private double ParseDigits()
    {
        double value = 0;
        while (IsDigit(Peek()))
        {
            value = (value * 10) + (Next() - '0');
        }

        return value;
    }

    private bool ParseFraction(ref double value)
    {
        int start = ++_position;
        double digits = ParseDigits();
        value += digits * PowerOfTen(start - _position);
        return _position > start;
    }

    private bool ParseExponent(ref double value)
    {
        _position++;
        bool negative = Peek() == '-';
        if (negative || Peek() == '+')
        {
            _position++;
        }

        int start = _position;
        int exponent = (int)ParseDigits();
        value *= PowerOfTen(negative ? -exponent : exponent);
        return _position > start;
    }

    private static double PowerOfTen(int exponent) => Math.Pow(10, exponent);

    private bool ParseLiteral(ReadOnlySpan<byte> literal, int worth)
    {
        if (!_input.AsSpan(_position).StartsWith(literal))
        {
            return false;
        }

        _position += literal.Length;
        _total += worth;
        return true;
    }

    private bool Enter()
    {
        _position++;
        return ++_depth <= MaximumDepth;
    }

    private bool Leave()
    {
        _position++;
        _depth--;
        return true;
    }

    private void SkipWhiteSpace()
    {
        while (_position < _input.Length && IsWhiteSpace(_input[_position]))
        {
            _position++;
        }
    }

    private static bool IsWhiteSpace(byte unit) => unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t';

    private static bool IsDigit(int unit) => (uint)(unit - '0') <= 9;

    private bool Expect(char unit)
    {
        if (Peek() != unit)
        {
            return false;
        }

        _position++;
        return true;
    }

    private int Peek() => _position < _input.Length ? _input[_position] : -1;

    private int Next() => _position < _input.Length ? _input[_position++] : -1;
}
