using System.Globalization;
using System.Net;
using System.Text;
using Edgewise.Showmap.Differential.OverTime;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Draws coverage over time as SVG: for each approach the median of its trials as a line, and around it the middle half of them as a band.</summary>
internal static class CoveragePlot
{
    private const int Width = 1000, LeastHeight = 460, Left = 84, Right = 280, Top = 24, Bottom = 56;
    private const int LegendRow = 20, LongestLabel = 28, ColorCount = 8, FewBands = 6;

    private static readonly string[] Dashes = ["", "7 4", "2 3", "9 3 2 3"];

    /// <summary>Colours and fonts, light and dark; a page has them once.</summary>
    public const string Style = """
        .plot { --plot-text: #1f2328; --plot-dim: #57606a; --plot-line: #d9dee4; --plot-page: #ffffff;
          --s0: #0a58b0; --s1: #c2410c; --s2: #1a7f37; --s3: #a21caf; --s4: #0e7490; --s5: #b91c1c; --s6: #7a6200; --s7: #57606a;
          font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        @media (prefers-color-scheme: dark) {
          .plot { --plot-text: #dfe5ec; --plot-dim: #9ba7b4; --plot-line: #313943; --plot-page: #14181d;
            --s0: #7db7ff; --s1: #ff9e64; --s2: #6fd08a; --s3: #e59bf0; --s4: #5fd3e6; --s5: #ff8f8a; --s6: #d9c75a; --s7: #b6c0ca; }
        }
        .plot text { fill: var(--plot-text); } .plot .dim { fill: var(--plot-dim); } .plot .back { fill: var(--plot-page); }
        .plot .grid { stroke: var(--plot-line); } .plot .median { fill: none; stroke-width: 2; stroke-linejoin: round; }
        """;

    /// <summary>The plot as a file of its own.</summary>
    public static string File(IReadOnlyList<CoverageBand> bands) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{Draw(bands, $"<style>\n{Style}\n</style>\n")}";

    /// <summary>The plot as a part of a page, which has <see cref="Style"/>.</summary>
    public static string Inline(IReadOnlyList<CoverageBand> bands) => Draw(bands, "");

    private static string Draw(IReadOnlyList<CoverageBand> bands, string style)
    {
        PlotAxis time = PlotAxis.OfSeconds(bands.Max(static band => band.Points[^1].Seconds));
        PlotAxis edges = PlotAxis.OfNumbers(bands.Max(static band => band.Points.Max(static point => point.UpperQuartile)) * 1.03);
        int height = Math.Max(LeastHeight, Top + Bottom + (bands.Count * LegendRow));
        Frame frame = new(time, edges, height);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"Edges covered over time\">\n");
        svg.Append(style).Append("<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n");
        DrawAxes(svg, frame);
        for (int i = 0; i < bands.Count; i++)
        {
            svg.Append($"<path d=\"{Area(bands[i], frame)}\" style=\"fill: var(--s{i % ColorCount})\" fill-opacity=\"{(bands.Count <= FewBands ? "0.18" : "0.07")}\"/>\n");
        }

        for (int i = 0; i < bands.Count; i++)
        {
            svg.Append($"<path class=\"median\" d=\"M {Steps(bands[i].Points, frame, static point => point.Median)}\" {Stroke(i)}/>\n");
            DrawLegend(svg, bands[i].Name, i);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawAxes(StringBuilder svg, Frame frame)
    {
        foreach (double tick in frame.Edges.Ticks)
        {
            string y = Number(frame.Y(tick));
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"dim\" x=\"{Left - 8}\" y=\"{y}\" dy=\"4\" text-anchor=\"end\">{PlotAxis.Label(tick)}</text>\n");
        }

        foreach (double tick in frame.Time.Ticks)
        {
            string x = Number(frame.X(tick * frame.Time.Unit.Size));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{frame.Base}\" y2=\"{frame.Base + 5}\"/><text class=\"dim\" x=\"{x}\" y=\"{frame.Base + 20}\" text-anchor=\"middle\">{PlotAxis.Label(tick)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{frame.Base + 42}\" text-anchor=\"middle\">{frame.Time.Unit.Name} since the start of a trial</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(18 {(Top + frame.Base) / 2}) rotate(-90)\" text-anchor=\"middle\">edges covered: median, middle half of trials</text>\n");
    }

    private static void DrawLegend(StringBuilder svg, string name, int number)
    {
        int y = Top + 10 + (number * LegendRow), x = Width - Right + 16;
        string plain = TerminalText.Plain(name), label = TextColumns.Shortened(plain, LongestLabel);
        svg.Append(CultureInfo.InvariantCulture, $"<g><title>{WebUtility.HtmlEncode(plain)}</title><line class=\"median\" x1=\"{x}\" x2=\"{x + 26}\" y1=\"{y}\" y2=\"{y}\" {Stroke(number)}/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 34}\" y=\"{y}\" dy=\"4\">{WebUtility.HtmlEncode(label)}</text></g>\n");
    }

    private static string Stroke(int number) => $"style=\"stroke: var(--s{number % ColorCount})\" stroke-dasharray=\"{Dashes[number / ColorCount % Dashes.Length]}\"";

    // Along the upper edge and back along the lower one, in steps.
    private static string Area(CoverageBand band, Frame frame)
    {
        StringBuilder path = new($"M {Steps(band.Points, frame, static point => point.UpperQuartile)}");
        for (int i = band.Points.Count - 1; i >= 0; i--)
        {
            path.Append($" V {Number(frame.Y(band.Points[i].LowerQuartile))} H {Number(frame.X(band.Points[i].Seconds))}");
        }

        return path.Append(" Z").ToString();
    }

    private static string Steps(IReadOnlyList<BandPoint> points, Frame frame, Func<BandPoint, double> edges)
    {
        StringBuilder path = new($"{Number(frame.X(points[0].Seconds))} {Number(frame.Y(edges(points[0])))}");
        foreach (BandPoint point in points.Skip(1))
        {
            path.Append($" H {Number(frame.X(point.Seconds))} V {Number(frame.Y(edges(point)))}");
        }

        // A trial may end with its only entry.
        return points.Count == 1 ? path.Append($" H {Width - Right}").ToString() : path.ToString();
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private readonly record struct Frame(PlotAxis Time, PlotAxis Edges, int Height)
    {
        public int Base => Height - Bottom;

        public double X(double seconds) => Left + ((Width - Right - Left) * (seconds / Time.Unit.Size / Time.End));

        public double Y(double edges) => Base - ((Base - Top) * (edges / Edges.End));
    }
}
