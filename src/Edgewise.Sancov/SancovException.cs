namespace Edgewise.Sancov;

/// <summary>Coverage files cannot be used together. The message begins with the file's name.</summary>
public sealed class SancovException : Exception
{
    /// <summary>Makes the exception with a message that a user can act on.</summary>
    public SancovException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public SancovException(string message, Exception inner) : base(message, inner) { }
}
