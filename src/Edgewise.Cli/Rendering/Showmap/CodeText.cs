using System.Globalization;
using Edgewise.Showmap.Code;

namespace Edgewise.Cli.Rendering.Showmap;

/// <summary>Places of points for people, a line each, in columns.</summary>
internal static class CodeText
{
    /// <summary>Writes each point with its method, file and line.</summary>
    public static void Symbolized(TextWriter output, Trial trial, IReadOnlyList<PointPlace> places)
    {
        int[] widths = [Width(trial.Lines.Select(line => line.Name)), Width(trial.Lines.Select(line => line.Count.ToString(CultureInfo.InvariantCulture))), Width(places.Select(place => Name(place)))];
        for (int i = 0; i < places.Count; i++)
        {
            string count = trial.Lines[i].Count.ToString(CultureInfo.InvariantCulture);
            output.WriteLine($"{trial.Lines[i].Name.PadRight(widths[0])}  {count.PadLeft(widths[1])}  {Name(places[i]).PadRight(widths[2])}  {TerminalText.Plain(places[i].Location)}");
        }
    }

    /// <summary>Writes what only one of two trials hit.</summary>
    public static void Differences(TextWriter output, Trial first, Trial second, IReadOnlyList<TrialDifference> differences)
    {
        output.WriteLine($"- {TerminalText.Plain(first.Path)}");
        output.WriteLine($"+ {TerminalText.Plain(second.Path)}");
        int width = Width(differences.Select(difference => difference.Place.Location));
        foreach (TrialDifference difference in differences)
        {
            output.WriteLine($"{Points('-', difference.First),5} {Points('+', difference.Second),5}  {TerminalText.Plain(difference.Place.Location).PadRight(width)}  {Name(difference.Place)}");
        }

        output.WriteLine($"{differences.Sum(difference => difference.First)} points only in the first, {differences.Sum(difference => difference.Second)} only in the second");
    }

    private static string Points(char sign, int count) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{sign}{count}");

    private static string Name(PointPlace place) => place.Function.Length == 0 ? "??" : TerminalText.Plain(place.Function);

    private static int Width(IEnumerable<string> texts) => texts.Select(text => text.Length).DefaultIfEmpty(0).Max();
}
