using Spectre.Console;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>Text with styles that grows line by line. What it is given may hold anything: it moves no cursor.</summary>
internal sealed class ReportPage
{
    private const int HeadingWidth = 60;
    private const int LabelWidth = 13;

    // Recipes and commands are pasted elsewhere: the terminal may wrap them, the page must not.
    private const int UnlimitedWidth = 1_000_000;

    private readonly Paragraph _content = new();

    /// <summary>What is good.</summary>
    public static Style Good { get; } = new(Color.Green);

    /// <summary>What is wrong.</summary>
    public static Style Bad { get; } = new(Color.Red);

    /// <summary>What is worth a look.</summary>
    public static Style Doubtful { get; } = new(Color.Yellow);

    /// <summary>What is read last.</summary>
    public static Style Faint { get; } = new(decoration: Decoration.Dim);

    /// <summary>What is read first.</summary>
    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    /// <summary>Adds text to the line.</summary>
    public ReportPage Add(string text, Style? style = null)
    {
        _content.Append(TerminalText.Plain(text), style);
        return this;
    }

    /// <summary>Ends the line.</summary>
    public void EndLine() => _content.Append("\n");

    /// <summary>Adds a line.</summary>
    public void Line(string text, Style? style = null) => Add(text, style).EndLine();

    /// <summary>Adds the heading of a section.</summary>
    public void Heading(string title, Style? style = null)
    {
        string rest = new('━', Math.Max(HeadingWidth - title.Length, 3));
        Add("━━━ ", Faint).Add(title, style ?? Strong).Add(" " + rest, Faint).EndLine();
    }

    /// <summary>Begins a line with a label.</summary>
    public ReportPage Label(string label) => Add("  ").Add(label.PadRight(LabelWidth), Faint);

    /// <summary>Adds lines of columns: as wide as their widest cell, numbers on the right.</summary>
    /// <param name="rows">Cells by row; each row has as many.</param>
    /// <param name="isNumber">Columns that are aligned on the right.</param>
    public void Columns(IReadOnlyList<string[]> rows, params ReadOnlySpan<bool> isNumber)
    {
        foreach (string[] row in rows)
        {
            Add("  ");
            for (int column = 0; column < row.Length; column++)
            {
                int width = rows.Max(other => other[column].Length);
                bool isLast = column == row.Length - 1;
                Add(isNumber[column] ? row[column].PadLeft(width) : isLast ? row[column] : row[column].PadRight(width)).Add(isLast ? "" : "  ");
            }

            EndLine();
        }
    }

    /// <summary>Writes the page to a stream of the process.</summary>
    public void Write(TextWriter writer, bool isTerminal) => writer.Write(ToText(HasColour(writer, isTerminal)));

    /// <summary>True where the page should be coloured: a terminal that can, and whose user did not say <c>NO_COLOR</c>.</summary>
    public static bool HasColour(TextWriter writer, bool isTerminal) =>
        AnsiTerminal.Over(writer, isTerminal).Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    /// <summary>The page as text, with the codes of a terminal or without.</summary>
    public string ToText(bool hasColour)
    {
        using var text = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = hasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = UnlimitedWidth;
        console.Write(_content);
        return text.ToString();
    }
}
