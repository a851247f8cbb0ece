namespace Edgewise.Showmap;

/// <summary>A corpus, showmap file or target is not as expected; the message names it and says what was expected.</summary>
public sealed class ShowmapException : Exception
{
    /// <summary>An exception without a message.</summary>
    public ShowmapException()
    {
    }

    /// <summary>An exception with a message for the user.</summary>
    public ShowmapException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message for the user, and its cause.</summary>
    public ShowmapException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
