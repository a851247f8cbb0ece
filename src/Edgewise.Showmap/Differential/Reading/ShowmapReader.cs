using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Showmap.Differential.Reading;

/// <summary>Reads showmap files, a line <c>ID:COUNT</c> each, into sets of edges. One thread uses it at a time; several share the names.</summary>
/// <remarks>
/// Lines are those of Python's <c>splitlines</c>, and of a repeated id the last counts. Files of a campaign have their ids in one order,
/// each without some: most lines are one of the few that are expected, and such are compared with those, and neither split nor hashed.
/// </remarks>
/// <param name="names">Gives ids their numbers.</param>
public sealed class ShowmapReader(EdgeNames names)
{
    private const int FirstBuffer = 1 << 18, MostLineBytes = 1 << 24, MostShown = 80;
    private const int NoEdge = -1, Guesses = 4;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

    private byte[] _buffer = new byte[FirstBuffer];

    // By an id's number + 1: the nearest that is known to follow it; first of all what files begin with.
    private int[] _following = [NoEdge];
    private EdgeSet _edges = new(1);
    private string _file = "";
    private long _line;
    private int _previous;

    /// <summary>Reads one file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="edges">Receives the edges with a count above zero, and loses those whose last count is not.</param>
    /// <exception cref="ShowmapException">It cannot be read, or a line is not <c>ID:COUNT</c>; file and line are named.</exception>
    public void Read(string file, EdgeSet edges)
    {
        (_file, _edges, _line, _previous) = (file, edges, 1, NoEdge);
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: 0 })
            {
                // Also a pipe or a device, which might have no end.
                return;
            }

            using SafeFileHandle handle = File.OpenHandle(file, options: FileOptions.SequentialScan);
            int start = 0, filled = 0;
            for (long position = 0; ;)
            {
                int read = RandomAccess.Read(handle, _buffer.AsSpan(filled), position);
                if (position == 0 && _buffer.AsSpan(0, read).StartsWith("\uFEFF"u8))
                {
                    start = Encoding.UTF8.Preamble.Length;
                }

                position += read;
                filled += read;
                if (read == 0)
                {
                    break;
                }

                int end = _buffer.AsSpan(start, filled - start).LastIndexOf((byte)'\n') + 1;
                ReadLines(_buffer.AsSpan(start, end));
                _buffer.AsSpan(start + end, filled - start - end).CopyTo(_buffer);
                filled -= start + end;
                start = 0;
                MakeRoom(filled);
            }

            ReadLine(_buffer.AsSpan(0, filled));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ShowmapException($"{file}: cannot be read: {failure.Message}", failure);
        }
    }

    private void MakeRoom(int filled)
    {
        if (filled == _buffer.Length)
        {
            if (filled >= MostLineBytes)
            {
                throw Error($"is longer than {MostLineBytes >> 20} MiB; expected ID:COUNT");
            }

            Array.Resize(ref _buffer, filled * 2);
        }
    }

    /// <summary>Reads lines that end in a line feed each.</summary>
    // Tier 0 would be left only after most of a campaign was read.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadLines(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int length = ReadExpected(text);
            if (length == 0)
            {
                length = text.IndexOf((byte)'\n') + 1;
                ReadLine(text[..(length - 1)]);
            }

            text = text[length..];
            _line++;
        }
    }

    // What follows the last id, or follows that where it is left out, and so on. Returns the length of the line with its end, or 0 where it is none of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadExpected(ReadOnlySpan<byte> text)
    {
        int expected = _previous;
        for (int guess = 0; guess < Guesses; guess++)
        {
            expected = _following[expected + 1];
            if (expected < 0)
            {
                break;
            }

            int length = ExpectedLine(text, names.NameOf(expected), out bool isPositive);
            if (length > 0)
            {
                Put(expected, isPositive);
                _previous = expected;
                return length;
            }
        }

        return 0;
    }

    // Length of the line with its end, or 0 where it is another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ExpectedLine(ReadOnlySpan<byte> text, byte[] name, out bool isPositive)
    {
        isPositive = false;
        if (text.Length < name.Length + 3 || text[name.Length] != ':' || !text.StartsWith(name))
        {
            return 0;
        }

        int first = name.Length + 1, at = first;
        byte digit;
        for (; (digit = text[at]) is >= (byte)'0' and <= (byte)'9'; at++)
        {
            isPositive |= digit != '0';
        }

        return digit == '\n' && at > first && at - first <= CountText.MostDigits ? at + 1 : 0;
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        int colon = line.IndexOf((byte)':');
        if (colon < 0 || line.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            ReadUnusualLine(line);
            return;
        }

        ReadOnlySpan<byte> count = line[(colon + 1)..];
        if (count.IsEmpty || count.Length > CountText.MostDigits || count.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            ReadUnusualLine(line);
            return;
        }

        Note(names.NumberOf(line[..colon]), count.ContainsAnyExcept((byte)'0'));
    }

    // With blanks, signs, other scripts or line ends of other kinds, or wrong.
    private void ReadUnusualLine(ReadOnlySpan<byte> line)
    {
        string text;
        try
        {
            text = Strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            throw Error("is no UTF-8 text; expected ID:COUNT");
        }

        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOfAny(LineEnds);
            ReadText(CountText.Trim(end < 0 ? rest : rest[..end]));
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
    }

    private void ReadText(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty)
        {
            return;
        }

        int colons = line.Count(':');
        if (colons != 1)
        {
            throw Error($"'{Shown(line)}' has {(colons == 0 ? "no colon" : $"{colons} colons")}; expected one, between an id and its count");
        }

        int colon = line.IndexOf(':');
        if (!CountText.TryRead(line[(colon + 1)..], out bool isPositive))
        {
            throw Error($"'{Shown(line[(colon + 1)..])}' behind the colon is no count; expected a whole number");
        }

        Note(names.NumberOf(Encoding.UTF8.GetBytes(line[..colon].ToString())), isPositive);
    }

    private void Note(int edge, bool isPositive)
    {
        Put(edge, isPositive);
        if (_following.Length <= edge + 1)
        {
            int known = _following.Length;
            Array.Resize(ref _following, Math.Max(edge + 2, known * 2));
            _following.AsSpan(known).Fill(NoEdge);
        }

        _following[_previous + 1] = edge;
        _previous = edge;
    }

    private void Put(int edge, bool isPositive)
    {
        if (isPositive)
        {
            _edges.Add(edge);
        }
        else
        {
            _edges.Remove(edge);
        }
    }

    private static string Shown(ReadOnlySpan<char> text) => text.Length <= MostShown ? text.ToString() : $"{text[..MostShown]}…";

    private ShowmapException Error(string what) => new($"{_file}:{_line}: {what}");
}
