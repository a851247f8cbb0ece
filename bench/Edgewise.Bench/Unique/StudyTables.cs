using System.Globalization;
using System.Text;

namespace Edgewise.Bench.Unique;

/// <summary>The study's tables as Markdown.</summary>
internal static class StudyTables
{
    /// <summary>A table.</summary>
    /// <param name="head">Its columns.</param>
    /// <param name="rows">Its rows.</param>
    public static string Render(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        StringBuilder text = new();
        Line(text, head);
        Line(text, [.. head.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (IReadOnlyList<string> row in rows)
        {
            Line(text, row);
        }

        return text.ToString();
    }

    /// <summary>A whole number with blanks between thousands.</summary>
    public static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>A figure with two digits behind the point.</summary>
    public static string Figure(double value) => value.ToString(value < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
