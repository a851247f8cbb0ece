using System.Globalization;
using System.Text;

namespace Edgewise.Bench.Unique;

/// <summary>Bars in groups, as SVG: one group a trace, one bar a design; and a line where raw append is.</summary>
internal static class StudyPlot
{
    private const int Left = 60, Top = 40, Height = 260, BarWidth = 9, GroupGap = 16, Bottom = 150, LegendWidth = 150;
    private static readonly string[] Colors = ["#0072b2", "#56b4e9", "#009e73", "#f0e442", "#e69f00", "#d55e00", "#cc79a7", "#999999"];

    /// <summary>Draws ratios.</summary>
    /// <param name="title">What they are of.</param>
    /// <param name="series">Names of the bars of a group.</param>
    /// <param name="groups">Name of each group, with its values.</param>
    /// <param name="most">The scale's end; higher bars are cut there.</param>
    public static string Bars(string title, IReadOnlyList<string> series, IReadOnlyList<(string Name, double[] Values)> groups, double most)
    {
        int groupWidth = (series.Count * BarWidth) + GroupGap;
        int width = Left + (groups.Count * groupWidth) + LegendWidth, bottom = Top + Height;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{bottom + Bottom}\" font-family=\"sans-serif\" font-size=\"11\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{bottom + Bottom}\" fill=\"white\"/>\n<text x=\"{Left}\" y=\"20\" font-size=\"14\">{title}</text>\n");
        for (double tick = 0; tick <= most; tick += most / 4)
        {
            double y = bottom - (Height * tick / most);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{width - LegendWidth}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{tick:0.##}</text>\n");
        }

        for (int g = 0; g < groups.Count; g++)
        {
            int x = Left + (GroupGap / 2) + (g * groupWidth);
            for (int i = 0; i < series.Count; i++)
            {
                double height = Height * Math.Min(groups[g].Values[i], most) / most;
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x + (i * BarWidth)}\" y=\"{bottom - height:0.#}\" width=\"{BarWidth - 1}\" height=\"{height:0.#}\" fill=\"{Colors[i % Colors.Length]}\"><title>{series[i]}: {groups[g].Values[i]:0.##}</title></rect>\n");
            }

            svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({x + 6},{bottom + 10}) rotate(50)\">{groups[g].Name}</text>\n");
        }

        double one = bottom - (Height / most);
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{width - LegendWidth}\" y1=\"{one:0.#}\" y2=\"{one:0.#}\" stroke=\"black\" stroke-dasharray=\"4 3\"/>\n");
        for (int i = 0; i < series.Count; i++)
        {
            int y = Top + (i * 18), x = width - LegendWidth + 10;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"11\" height=\"11\" fill=\"{Colors[i % Colors.Length]}\"/><text x=\"{x + 16}\" y=\"{y + 10}\">{series[i]}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
