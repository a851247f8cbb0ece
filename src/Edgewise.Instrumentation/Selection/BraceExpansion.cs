namespace Edgewise.Instrumentation.Selection;

/// <summary>Expands <c>{a,b}</c> in a glob: <c>x{a,b}y</c> becomes <c>xay</c> and <c>xby</c>. Braces do not nest.</summary>
/// <remarks>The rules, errors included, are those of LLVM's GlobPattern: at least two terms, brackets and escapes are skipped over.</remarks>
internal static class BraceExpansion
{
    /// <summary>LLVM's limit for the patterns of one entry.</summary>
    private const int MaximumPatterns = 1024;

    private readonly record struct Group(int Start, int End, List<string> Terms);

    /// <summary>All patterns that <paramref name="glob"/> stands for.</summary>
    /// <exception cref="FormatException">A group is not closed, nested, has fewer than two terms, or there are too many patterns.</exception>
    public static List<string> Expand(string glob)
    {
        List<Group> groups = FindGroups(glob);
        long count = 1;
        foreach (Group group in groups)
        {
            count *= group.Terms.Count;
            if (count > MaximumPatterns)
            {
                throw new FormatException($"braces stand for more than {MaximumPatterns} patterns");
            }
        }

        List<string> patterns = [glob];
        for (int g = groups.Count - 1; g >= 0; g--)
        {
            // From the last group to the first, so that the offsets of those in front stay true.
            Group group = groups[g];
            List<string> expanded = new(patterns.Count * group.Terms.Count);
            foreach (string term in group.Terms)
            {
                foreach (string pattern in patterns)
                {
                    expanded.Add(string.Concat(pattern.AsSpan(0, group.Start), term, pattern.AsSpan(group.End + 1)));
                }
            }

            patterns = expanded;
        }

        return patterns;
    }

    private static List<Group> FindGroups(string glob)
    {
        List<Group> groups = [];
        List<string>? terms = null;
        int start = 0, termStart = 0;
        for (int i = 0; i < glob.Length; i++)
        {
            switch (glob[i])
            {
                case '[':
                    i = GlobPattern.EndOfClass(glob, i);
                    break;
                case '\\':
                    i++;
                    break;
                case '{' when terms is not null:
                    throw new FormatException("braces do not nest");
                case '{':
                    terms = [];
                    start = i;
                    termStart = i + 1;
                    break;
                case ',' when terms is not null:
                    terms.Add(glob[termStart..i]);
                    termStart = i + 1;
                    break;
                case '}' when terms is not null:
                    if (terms.Count == 0)
                    {
                        throw new FormatException("braces need at least two terms, as in '{a,b}'");
                    }

                    terms.Add(glob[termStart..i]);
                    groups.Add(new Group(start, i, terms));
                    terms = null;
                    break;
            }
        }

        return terms is null ? groups : throw new FormatException("'{' has no '}'");
    }
}
