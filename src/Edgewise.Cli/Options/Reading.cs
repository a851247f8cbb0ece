namespace Edgewise.Cli.Options;

/// <summary>An option's value as it was read. Errors are kept with it, so that those of all options and files are told at once.</summary>
/// <typeparam name="T">What the option stands for.</typeparam>
/// <param name="Value">The value; of no use where there is an error.</param>
/// <param name="Notes">What the user should know of the spelling.</param>
/// <param name="Errors">What is wrong with it.</param>
internal sealed record Reading<T>(T Value, IReadOnlyList<string> Notes, IReadOnlyList<string> Errors)
{
    /// <summary>A value without notes or errors.</summary>
    public Reading(T value) : this(value, [], []) { }

    /// <summary>The value, after telling notes and errors.</summary>
    public T Tell(CommandReport report)
    {
        foreach (string note in Notes)
        {
            report.Note(note);
        }

        foreach (string error in Errors)
        {
            report.Error(error);
        }

        return Value;
    }
}
