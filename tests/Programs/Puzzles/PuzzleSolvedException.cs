namespace Puzzles;

/// <summary>Thrown by a puzzle for an input that solves it: what a fuzzer has to find.</summary>
public sealed class PuzzleSolvedException : Exception
{
    /// <summary>The puzzle is solved.</summary>
    public PuzzleSolvedException()
        : base("the puzzle is solved")
    {
    }

    /// <summary>The puzzle is solved.</summary>
    /// <param name="message">In which way.</param>
    public PuzzleSolvedException(string message)
        : base(message)
    {
    }

    /// <summary>The puzzle is solved.</summary>
    /// <param name="message">In which way.</param>
    /// <param name="innerException">What led to it.</param>
    public PuzzleSolvedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
