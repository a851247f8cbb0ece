using Edgewise.Cli.Rendering;

namespace Edgewise.Cli;

/// <summary>What a command says to people: results on standard output, everything else as lines <c>edgewise: …</c> on standard error.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
internal sealed class CommandReport(TextWriter output, TextWriter error)
{
    /// <summary>Exit code of a command that failed.</summary>
    public const int Failure = 1;

    private readonly HashSet<string> _notes = new(StringComparer.Ordinal);

    /// <summary>Errors so far.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Standard output.</summary>
    public TextWriter Output => output;

    /// <summary>Standard error.</summary>
    public TextWriter ErrorOutput => error;

    /// <summary>True where results go to the process's own standard output.</summary>
    public bool IsStandardOutput => ReferenceEquals(output, Console.Out);

    /// <summary>True where a person reads standard error on a terminal; tests that give a writer of their own are none.</summary>
    public bool IsTerminal => ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>True where a person reads standard output on a terminal.</summary>
    public bool IsOutputTerminal => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Says why the command cannot do what was asked.</summary>
    public void Error(string message)
    {
        ErrorCount++;
        WriteLine(message);
    }

    /// <summary>Says something worth knowing, once.</summary>
    public void Note(string message)
    {
        if (_notes.Add(message))
        {
            WriteLine(message);
        }
    }

    /// <summary>Says where to read on.</summary>
    public void Hint(string message) => WriteLine(message);

    private void WriteLine(string message) => error.WriteLine($"edgewise: {TerminalText.Plain(message)}");
}
