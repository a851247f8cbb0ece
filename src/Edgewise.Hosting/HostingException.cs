namespace Edgewise.Hosting;

/// <summary>A program, module or folder that was named cannot be used. The message names the file, the reason, and where it helps what to pass instead.</summary>
public sealed class HostingException : Exception
{
    /// <summary>Makes the exception with a message that a user can act on.</summary>
    public HostingException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public HostingException(string message, Exception inner) : base(message, inner) { }
}
