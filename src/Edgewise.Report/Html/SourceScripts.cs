using System.Text.Json;
using Edgewise.Report.Model;
using Edgewise.Report.Sources;

namespace Edgewise.Report.Html;

/// <summary>Writes one source file: what is known of it, the states of its lines, and its text in chunks.</summary>
internal sealed class SourceScripts(ReportFile file, FileChange change, FoundSource source)
{
    /// <summary>Lines of a chunk.</summary>
    public const int ChunkSize = 500;

    private const int StripLength = 240, LongestLine = 4000;

    private readonly int _lineCount = source.Text?.LineCount ?? 0;

    /// <summary>How many chunks the text has; none where it was not found.</summary>
    public int ChunkCount => (_lineCount + ChunkSize - 1) / ChunkSize;

    /// <summary>Writes what is known of the file.</summary>
    public void WriteFile(Utf8JsonWriter json)
    {
        int beyond = file.Lines.Count(line => line.Number > _lineCount);
        json.WriteStartObject();
        json.WriteString("path", source.Path ?? file.Path);
        json.WriteBoolean("found", source.Text is not null);
        json.WriteNumber("lines", _lineCount);
        ScriptData.WriteTexts(json, "notes", source.Text is not null && beyond > 0 ? [.. source.Notes, $"{beyond} lines with code are behind its end: this is another version of the file"] : source.Notes);
        ScriptData.WriteTexts(json, "lookedFor", source.Text is null ? source.LookedFor : []);
        if (source.Url is { } url)
        {
            json.WriteString("url", url);
        }

        json.WriteString("strip", Strip());
        json.WriteEndObject();
    }

    /// <summary>Writes the states of all lines that have one: a line, its state and what it was before, each as the difference to the line before.</summary>
    public void WriteStates(Utf8JsonWriter json)
    {
        int previous = 0;
        json.WriteStartArray();
        foreach (ReportLine line in file.Lines)
        {
            // Three bits of state, three of the state before.
            json.WriteNumberValue(line.Number - previous);
            json.WriteNumberValue((int)line.State + (8 * Before(line)));
            previous = line.Number;
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a chunk: its lines, and a row a line with code of number, state, points, covered points, hits (plus one; zero for unknown), whether they may be more, state before.</summary>
    public void WriteChunk(Utf8JsonWriter json, int chunk)
    {
        int first = (chunk * ChunkSize) + 1, end = Math.Min(first + ChunkSize, _lineCount + 1);
        json.WriteStartObject();
        json.WriteStartArray("text");
        for (int number = first; number < end; number++)
        {
            ReadOnlySpan<char> text = source.Text!.Line(number);
            if (text.Length <= LongestLine)
            {
                json.WriteStringValue(text);
            }
            else
            {
                json.WriteStringValue($"{text[..LongestLine]} … and {text.Length - LongestLine} characters more");
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("code");
        for (int i = IndexOf(first); i < file.Lines.Count && file.Lines[i].Number < end; i++)
        {
            ReportLine line = file.Lines[i];
            json.WriteStartArray();
            ScriptData.EndWithNumbers(
                json, line.Number - first, (int)line.State, line.PointCount, line.CoveredPointCount,
                line.Hits is { } hits ? hits.Count + 1 : 0, line.Hits is { OrMore: true } ? 1 : 0, Before(line));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private int Before(in ReportLine line) => change.LinesBefore.TryGetValue(line.Number, out LineState state) ? (int)state : 0;

    // The index of the first line with code at a number or behind it.
    private int IndexOf(int number)
    {
        int low = 0, high = file.Lines.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = file.Lines[middle].Number < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // The file from top to bottom in a few characters: '-' for no code, else how much of it ran, from 0 to 9.
    private string Strip()
    {
        int[] all = new int[StripLength], covered = new int[StripLength];
        foreach (ReportLine line in file.Lines.Where(line => line.Number <= _lineCount && line.State is not (LineState.Implied or LineState.None)))
        {
            int bucket = (int)((long)(line.Number - 1) * StripLength / Math.Max(_lineCount, StripLength));
            all[bucket] += 2;
            covered[bucket] += line.State == LineState.Covered ? 2 : line.State == LineState.Partly ? 1 : 0;
        }

        return string.Concat(all.Zip(covered, static (a, c) => a == 0 ? '-' : (char)('0' + (c == 0 ? 0 : c == a ? 9 : Math.Clamp(10 * c / a, 1, 8)))));
    }
}
