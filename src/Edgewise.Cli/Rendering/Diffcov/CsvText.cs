using System.Text;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Rows of comma-separated values, as Python's <c>csv</c> writes them: quotes where they are needed, lines that end in CR LF.</summary>
internal static class CsvText
{
    /// <summary>Adds a row.</summary>
    public static StringBuilder Row(this StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
