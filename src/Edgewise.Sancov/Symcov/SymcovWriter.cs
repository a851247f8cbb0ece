using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Edgewise.Sancov.Symcov;

/// <summary>Writes <c>.symcov</c> as LLVM does, byte for byte: JSON of two spaces, files and functions sorted, without an end of the last line.</summary>
/// <remarks>By hand, for the rows are many, and all of them are plain: a general writer of JSON takes three times as long.</remarks>
public sealed class SymcovWriter
{
    private const int PieceSize = 1 << 16, LongestNumber = 11;

    private readonly Stream _output;
    private byte[] _piece = new byte[PieceSize];
    private int _used;

    private SymcovWriter(Stream output) => _output = output;

    /// <summary>The content of the file.</summary>
    public static byte[] Write(SymbolizedCoverage coverage)
    {
        using MemoryStream content = new();
        Write(coverage, content);
        return content.ToArray();
    }

    /// <summary>Writes the content to a stream.</summary>
    public static void Write(SymbolizedCoverage coverage, Stream output)
    {
        SymcovWriter writer = new(output);
        writer.WriteAll(coverage);
        writer.Flush();
    }

    private void WriteAll(SymbolizedCoverage coverage)
    {
        Plain("{\n  \"covered-points\": ["u8);
        bool isFirst = true;
        foreach (string id in coverage.CoveredPoints)
        {
            Next(ref isFirst, "\n    "u8);
            Text(id);
        }

        Plain(isFirst ? "],\n  \"binary-hash\": "u8 : "\n  ],\n  \"binary-hash\": "u8);
        Text(coverage.BinaryHash);
        Plain(",\n  \"point-symbol-info\": {"u8);
        isFirst = true;
        foreach (SymcovGroup file in SymcovGroup.Of(coverage.Points))
        {
            Next(ref isFirst, "\n    "u8);
            Text(file.File);
            Plain(": {"u8);
            bool isFirstFunction = true;
            foreach ((string function, List<SymcovPoint> points) in file.Functions)
            {
                Next(ref isFirstFunction, "\n      "u8);
                Text(function);
                Plain(": {"u8);
                Points(points);
            }

            Plain("\n    }"u8);
        }

        Plain(isFirst ? "}\n}"u8 : "\n  }\n}"u8);
    }

    private void Points(List<SymcovPoint> points)
    {
        bool isFirst = true;
        foreach (SymcovPoint point in points)
        {
            Next(ref isFirst, "\n        "u8);
            Text(point.Id);
            Plain(": \""u8);
            Number(point.Line);
            Plain(":"u8);
            Number(point.Column);
            Plain("\""u8);
        }

        Plain("\n      }"u8);
    }

    private void Next(ref bool isFirst, ReadOnlySpan<byte> indentation)
    {
        Plain(isFirst ? [] : ","u8);
        Plain(indentation);
        isFirst = false;
    }

    // Ids and most names are letters and digits, and stand for themselves.
    private void Text(string text)
    {
        Reserve(text.Length + 2);
        int start = _used;
        _piece[_used++] = (byte)'"';
        foreach (char character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_')
            {
                _used = start;
                Plain("\""u8);
                Plain(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
                Plain("\""u8);
                return;
            }

            _piece[_used++] = (byte)character;
        }

        _piece[_used++] = (byte)'"';
    }

    private void Number(int number)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(number, _piece.AsSpan(_used), out int written);
        _used += written;
    }

    private void Plain(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_piece.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_piece.Length - _used < count)
        {
            Flush();
            _piece = count > _piece.Length ? new byte[count] : _piece;
        }
    }

    private void Flush()
    {
        _output.Write(_piece, 0, _used);
        _used = 0;
    }
}
