namespace Edgewise.Native;

/// <summary>A native target could not be loaded or read. The message names the file and what was expected of it.</summary>
public sealed class NativeException : Exception
{
    /// <summary>Makes the exception with a message that a user can act on.</summary>
    public NativeException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public NativeException(string message, Exception inner) : base(message, inner) { }
}
