namespace Edgewise.Supervision;

/// <summary>A process could not be started. The message names what was looked for and where.</summary>
public sealed class SupervisionException : Exception
{
    /// <summary>Makes the exception with a message that a user can act on.</summary>
    public SupervisionException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public SupervisionException(string message, Exception inner) : base(message, inner) { }
}
