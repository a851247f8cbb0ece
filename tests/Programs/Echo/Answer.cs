namespace Echo;

/// <summary>The answers, which two threads may give at the same time.</summary>
internal static class Answer
{
    private static int _count;

    /// <summary>Answers given.</summary>
    public static int Count => _count;

    /// <summary>Answers in capitals where the text is short.</summary>
    public static string To(string text)
    {
        Interlocked.Increment(ref _count);
        return text.Length < 10 ? text.ToUpperInvariant() : text;
    }
}
