namespace Edgewise.Runtime.Formats;

/// <summary>A file of one of Edgewise's formats is damaged, of another version, or of another build.</summary>
public sealed class CoverageFormatException : Exception
{
    /// <summary>Makes the exception with a message that names the place and what was expected there.</summary>
    public CoverageFormatException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public CoverageFormatException(string message, Exception inner) : base(message, inner) { }
}
