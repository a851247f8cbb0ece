using System.Globalization;
using System.Text;

namespace Edgewise.Bench.Fuzzing;

/// <summary>Puzzles beside what libFuzzer needed for them, as an aligned table of text.</summary>
internal static class PuzzleTable
{
    private const string Unsolved = "-";
    private const string NeverTried = "";

    /// <summary>One line a puzzle: solved campaigns, executions (least, median, most), the longest time, libFuzzer's figures.</summary>
    public static string Render(IReadOnlyList<PuzzleRow> rows)
    {
        List<string[]> cells = [["puzzle", "solved", "least", "median", "most", "compares", "seconds", "libFuzzer", "with value profile"]];
        cells.AddRange(rows.Select(Cells));
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in cells)
        {
            string line = row[0].PadRight(widths[0]);
            for (int i = 1; i < row.Length; i++)
            {
                line += "  " + row[i].PadLeft(widths[i]);
            }

            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static string[] Cells(PuzzleRow row) =>
    [
        row.Puzzle,
        $"{row.Outcomes.Count(outcome => outcome.Executions is not null)}/{row.Outcomes.Count}",
        Number(row.Outcomes.Min(outcome => outcome.Executions)),
        Number(row.Median),
        Number(row.Worst),
        Number(row.Outcomes.Max(outcome => outcome.CompareExecutions)),
        row.Longest.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture),
        row.Peer is { } peer ? Numbers(peer.Usual) : NeverTried,
        row.Peer is { } profiled ? Numbers(profiled.ValueProfile) : NeverTried,
    ];

    private static string Numbers(IReadOnlyList<long?> numbers) => string.Join(' ', numbers.Select(Number));

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? Unsolved;
}
