using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Edgewise.Corpus.Merging;

/// <summary>Goes through the lines of a control file; what it finds wrong it tells with the number of the line.</summary>
internal ref struct ControlLines(string path, ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> _rest = content;
    private ReadOnlySpan<byte> _line = [];
    private int _number;

    /// <summary>Goes to the next line.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        int end = _rest.IndexOf((byte)'\n');
        _line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        _number++;
        return true;
    }

    /// <summary>The next line, which is a number.</summary>
    public int Number(string what)
    {
        if (!Next() || !Utf8Parser.TryParse(_line, out int number, out int length) || length != _line.Length || number < 0)
        {
            Fail($"expected {what}");
            return 0;
        }

        return number;
    }

    /// <summary>The next line.</summary>
    public string Text(string what)
    {
        if (!Next())
        {
            Fail($"the file ends; expected {what}");
        }

        return Encoding.UTF8.GetString(_line);
    }

    /// <summary>The next word of the line.</summary>
    public string Word()
    {
        int end = _line.IndexOf((byte)' ');
        string word = Encoding.UTF8.GetString(end < 0 ? _line : _line[..end]);
        _line = end < 0 ? [] : _line[(end + 1)..];
        return word;
    }

    /// <summary>The next number of the line.</summary>
    public uint Value()
    {
        if (!Utf8Parser.TryParse(_line, out uint value, out int length) || (length < _line.Length && _line[length] != ' '))
        {
            Fail("expected a number");
            return 0;
        }

        _line = length < _line.Length ? _line[(length + 1)..] : [];
        return value;
    }

    /// <summary>All numbers that are left in the line.</summary>
    public uint[] Values()
    {
        if (_line.IsEmpty)
        {
            return [];
        }

        uint[] values = new uint[_line.Count((byte)' ') + 1];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Value();
        }

        return values;
    }

    /// <summary>Tells what is wrong with the line.</summary>
    [DoesNotReturn]
    public readonly void Fail(string problem) => throw new CorpusException($"{path}: line {_number}: {problem}");
}
