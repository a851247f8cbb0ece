namespace Edgewise.Corpus;

/// <summary>A corpus, or a file that goes with one, cannot be used. The message names the file or folder, and what was expected.</summary>
public sealed class CorpusException : Exception
{
    /// <summary>Makes the exception with a message that a user can act on.</summary>
    public CorpusException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public CorpusException(string message, Exception inner) : base(message, inner) { }
}
