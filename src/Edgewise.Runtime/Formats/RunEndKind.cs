namespace Edgewise.Runtime.Formats;

/// <summary>How a run ended, as far as the writer of its files could know.</summary>
public enum RunEndKind
{
    /// <summary>Nobody saw the end.</summary>
    Unknown,

    /// <summary>With an exit code.</summary>
    Exit,

    /// <summary>By a signal; a program may still have caught it and gone on, in which case a later dump replaces this one.</summary>
    Signal,

    /// <summary>By an exception that nobody caught.</summary>
    UnhandledException,
}
