using System.Buffers.Text;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>
/// Reads the answers of <c>llvm-symbolizer --output-style=LLVM</c>: for each function of an address its name and <c>FILE:LINE:COLUMN</c>, or with <c>--verbose</c> a line
/// <c>KEY: VALUE</c> for each thing known; an empty line ends an answer.
/// </summary>
/// <remarks>Its JSON has no more to say, and takes it twice the time to write.</remarks>
/// <param name="options">What was asked for.</param>
internal sealed class FrameReader(SymbolizerOptions options)
{
    private const int MostDigits = 9;

    private readonly TextPool _files = new(static file => file);
    private readonly TextPool _functions = new(options.Demangle ? RustName.Plain : static name => name);
    private Frame[] _frames = new Frame[16];
    private int _count;
    private string? _function;
    private string _file = "", _startFile = "", _lastFile = "";
    private byte[] _lastFileBytes = [];
    private int _line, _column, _startLine;

    private static ReadOnlySpan<byte> Unknown => "??"u8;

    private static ReadOnlySpan<byte> Indentation => "  "u8;

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="frames">At the end of an answer its frames, the innermost first; none where the program knows nothing of the address. Else null.</param>
    /// <returns>False for a line that is none of such an answer.</returns>
    public bool TryRead(ReadOnlySpan<byte> line, out Frame[]? frames)
    {
        frames = null;
        if (line.IsEmpty)
        {
            EndFrame();
            frames = _frames.AsSpan(0, _count) is [{ Function: "", Location: null }] ? [] : Taken();
            bool isAnswer = _count > 0;
            _count = 0;
            return isAnswer;
        }

        if (options.NeedsDeclarations && line.StartsWith(Indentation))
        {
            return _function is not null && ReadFact(line[Indentation.Length..]);
        }

        if (options.NeedsDeclarations || _function is null)
        {
            EndFrame();
            _function = line.SequenceEqual(Unknown) ? "" : _functions.TextOf(line);
            return true;
        }

        bool isPlace = ReadPlace(line);
        EndFrame();
        return isPlace;
    }

    private Frame[] Taken()
    {
        Frame[] frames = new Frame[_count];
        Array.Copy(_frames, frames, _count);
        return frames;
    }

    private void EndFrame()
    {
        if (_function is null)
        {
            return;
        }

        if (_count == _frames.Length)
        {
            Array.Resize(ref _frames, 2 * _count);
        }

        _frames[_count++] = new Frame(
            _function,
            _file.Length == 0 ? null : new SourceLocation(_file, _line, _column),
            _startLine == 0 || (_startFile.Length == 0 && _file.Length == 0) ? null : new SourceLocation(_startFile.Length == 0 ? _file : _startFile, _startLine, 0));
        (_function, _file, _startFile, _line, _column, _startLine) = (null, "", "", 0, 0, 0);
    }

    private bool ReadFact(ReadOnlySpan<byte> fact)
    {
        int colon = fact.IndexOf(": "u8);
        if (colon < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> key = fact[..colon], value = fact[(colon + 2)..];
        if (key.SequenceEqual("Filename"u8))
        {
            _file = FileOf(value);
        }
        else if (key.SequenceEqual("Function start filename"u8))
        {
            _startFile = FileOf(value);
        }
        else if (key.SequenceEqual("Function start line"u8))
        {
            return TryReadNumber(value, out _startLine);
        }
        else if (key.SequenceEqual("Line"u8))
        {
            return TryReadNumber(value, out _line);
        }
        else if (key.SequenceEqual("Column"u8))
        {
            return TryReadNumber(value, out _column);
        }

        return true;
    }

    private bool ReadPlace(ReadOnlySpan<byte> place)
    {
        int end = place.Length;
        if (!TryReadLastNumber(place, ref end, out _column) || !TryReadLastNumber(place, ref end, out _line) || end == 0)
        {
            return false;
        }

        _file = FileOf(place[..end]);
        return true;
    }

    // Most places are in the file of the place before.
    private string FileOf(ReadOnlySpan<byte> text)
    {
        if (!text.SequenceEqual(_lastFileBytes))
        {
            _lastFile = text.SequenceEqual(Unknown) ? "" : _files.TextOf(text);
            _lastFileBytes = text.ToArray();
        }

        return _lastFile;
    }

    // From the end: a file's name may have colons and digits too.
    private static bool TryReadLastNumber(ReadOnlySpan<byte> text, ref int end, out int number)
    {
        int at = end, power = 1;
        number = 0;
        while (at > 0 && end - at < MostDigits && char.IsAsciiDigit((char)text[at - 1]))
        {
            number += (text[--at] - '0') * power;
            power *= 10;
        }

        bool isNumber = at < end && at > 0 && text[at - 1] == ':';
        end = at - 1;
        return isNumber;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, out int number) => Utf8Parser.TryParse(text, out number, out int read) && read == text.Length;
}
