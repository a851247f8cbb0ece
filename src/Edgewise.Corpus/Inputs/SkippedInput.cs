namespace Edgewise.Corpus.Inputs;

/// <summary>A file that was left out.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why, as text to show.</param>
public readonly record struct SkippedInput(string Path, string Reason)
{
    /// <summary><c>PATH: REASON; skipped</c>.</summary>
    public override string ToString() => $"{Path}: {Reason}; skipped";
}
