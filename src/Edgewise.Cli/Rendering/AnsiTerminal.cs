using Spectre.Console;

namespace Edgewise.Cli.Rendering;

/// <summary>Consoles to render on.</summary>
internal static class AnsiTerminal
{
    /// <summary>Wide enough that nothing wraps where the reader is a file.</summary>
    private const int UnlimitedWidth = 10_000;

    /// <summary>A console over a writer: with colour where it is a terminal and <c>NO_COLOR</c> is not set, else plain and never wrapped.</summary>
    /// <param name="writer">Standard output, standard error, or a test's own.</param>
    /// <param name="isTerminal">True where a person sees it.</param>
    public static IAnsiConsole Over(TextWriter writer, bool isTerminal)
    {
        bool hasColour = HasColour(isTerminal, Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = hasColour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = UnlimitedWidth;
        }

        return console;
    }

    /// <summary>True on a terminal, unless the variable is set to anything but nothing (https://no-color.org).</summary>
    internal static bool HasColour(bool isTerminal, string? noColor) => isTerminal && string.IsNullOrEmpty(noColor);
}
