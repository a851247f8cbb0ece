using Edgewise.Annotations;

namespace Puzzles.Formats;

/// <summary>A requirement such as <c>require 1.2.3</c>, whose version is compared as one.</summary>
public static class Requirements
{
    private const string Keyword = "require ";
    private static readonly Version Broken = new(4, 17, 2);

    /// <summary>Reads a requirement.</summary>
    [FuzzTarget("format-requirements")]
    public static void Read(string line)
    {
        if (line.StartsWith(Keyword, StringComparison.Ordinal) && Version.TryParse(line.AsSpan(Keyword.Length), out Version? version) && version == Broken)
        {
            throw new PuzzleSolvedException();
        }
    }
}
