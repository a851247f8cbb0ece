using System.Globalization;
using System.Text;

namespace Edgewise.Bench.Reporting;

/// <summary>Measurements as an aligned table of text.</summary>
internal static class MeasurementTable
{
    private static readonly string[] Head = ["name", "value", "unit", "goal", ""];

    /// <summary>One line a measurement: name, value, unit, goal, and whether that is met.</summary>
    public static string Render(IReadOnlyList<Measurement> measurements)
    {
        List<string[]> rows = [Head];
        rows.AddRange(measurements.Select(Row));
        int[] widths = new int[Head.Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            string line = $"{row[0].PadRight(widths[0])}  {row[1].PadLeft(widths[1])} {row[2].PadRight(widths[2])}  {row[3].PadRight(widths[3])}  {row[4]}";
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static string[] Row(Measurement measurement)
    {
        string goal = measurement.Goal is { } value
            ? (measurement.HigherIsBetter ? "≥ " : "≤ ") + value.ToString("0.###", CultureInfo.InvariantCulture)
            : "";
        string verdict = measurement.Goal is null ? "" : measurement.MeetsGoal ? "met" : "MISSED";
        return [measurement.Name, Number(measurement.Value), measurement.Unit, goal, verdict];
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
