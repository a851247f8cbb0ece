namespace Edgewise.Runtime.Sessions;

/// <summary>A session refused a call; nothing changed.</summary>
public sealed class TraceSessionException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="error">Which of the kernel's errors it stands for.</param>
    /// <param name="message">What was wrong, and what would not be.</param>
    public TraceSessionException(TraceSessionError error, string message) : base(message) => Error = error;

    /// <summary>Which of the kernel's errors it stands for.</summary>
    public TraceSessionError Error { get; }
}
