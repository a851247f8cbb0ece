namespace Edgewise.Report;

/// <summary>A report cannot be made or written. The message begins with the name of a file.</summary>
public sealed class ReportException : Exception
{
    /// <summary>Makes the exception with a message that a user can act on.</summary>
    public ReportException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public ReportException(string message, Exception inner) : base(message, inner) { }
}
