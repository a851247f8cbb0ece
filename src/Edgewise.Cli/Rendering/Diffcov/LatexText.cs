using System.Text;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Text as LaTeX reads it, with what means something to it escaped.</summary>
internal static class LatexText
{
    /// <summary>The text, escaped as PyLaTeX escapes it; the dash is kept from joining its neighbour.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => escaped.Append('\\').Append(c),
                '-' or '[' or ']' => escaped.Append('{').Append(c).Append('}'),
                '~' => escaped.Append(@"\textasciitilde{}"),
                '^' => escaped.Append(@"\^{}"),
                '\\' => escaped.Append(@"\textbackslash{}"),
                '\n' => escaped.Append("\\newline%\n"),
                '\u00A0' => escaped.Append('~'),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A cell with a number, on a colour where there is one.</summary>
    public static string Cell(string number, string? hex) => hex is null ? number : $@"\cellcolor[HTML]{{{hex}}}{{{number}}}";
}
