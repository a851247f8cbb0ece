namespace Edgewise.Showmap;

/// <summary>A corpus cannot be replayed or a showmap not made. The message names the file, the place and what was expected.</summary>
public sealed class ShowmapException : Exception
{
    /// <summary>Makes the exception with a message that a user can act on.</summary>
    public ShowmapException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public ShowmapException(string message, Exception inner) : base(message, inner) { }
}
