using System.Text.Json;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Reads an answer of <c>llvm-symbolizer --output-style=JSON</c>: one object a line. The names of functions and files are kept once each.</summary>
internal sealed class FrameParser
{
    private readonly HashSet<string> _names = [""];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<Frame> _frames = [];
    private char[] _characters = new char[1024];

    /// <summary>Makes a parser without names.</summary>
    public FrameParser() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The frames of an answer, the innermost first; none where the program knows nothing of the address.</summary>
    /// <param name="line">The answer.</param>
    /// <param name="error">What the program complains of, or null.</param>
    /// <exception cref="JsonException">The line is no JSON object.</exception>
    public Frame[] Parse(ReadOnlySpan<byte> line, out string? error)
    {
        error = null;
        _frames.Clear();
        Utf8JsonReader json = new(line);
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("Symbol"u8))
            {
                Expect(ref json, JsonTokenType.StartArray);
                while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                {
                    _frames.Add(ReadFrame(ref json));
                }
            }
            else if (json.ValueTextEquals("Error"u8))
            {
                json.Read();
                error = JsonElement.ParseValue(ref json) is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("Message", out JsonElement message)
                    ? message.ToString()
                    : "an error without a message";
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return _frames is [{ Function: "", Location: null }] ? [] : [.. _frames];
    }

    private Frame ReadFrame(ref Utf8JsonReader json)
    {
        string function = "", file = "", startFile = "";
        int line = 0, column = 0, startLine = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("FunctionName"u8))
            {
                function = Text(ref json);
            }
            else if (json.ValueTextEquals("FileName"u8))
            {
                file = Text(ref json);
            }
            else if (json.ValueTextEquals("StartFileName"u8))
            {
                startFile = Text(ref json);
            }
            else if (json.ValueTextEquals("Line"u8))
            {
                line = Number(ref json);
            }
            else if (json.ValueTextEquals("Column"u8))
            {
                column = Number(ref json);
            }
            else if (json.ValueTextEquals("StartLine"u8))
            {
                startLine = Number(ref json);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return new Frame(
            function,
            file.Length == 0 ? null : new SourceLocation(file, line, column),
            startLine == 0 || (startFile.Length == 0 && file.Length == 0) ? null : new SourceLocation(startFile.Length == 0 ? file : startFile, startLine, 0));
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw new JsonException($"{type} expected");
        }
    }

    private static int Number(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int value) ? value : 0;

    private string Text(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.String)
        {
            return "";
        }

        if (_characters.Length < json.ValueSpan.Length)
        {
            _characters = new char[2 * json.ValueSpan.Length];
        }

        ReadOnlySpan<char> text = _characters.AsSpan(0, json.CopyString(_characters));
        if (!_lookup.TryGetValue(text, out string? name))
        {
            _names.Add(name = new string(text));
        }

        return name;
    }
}
