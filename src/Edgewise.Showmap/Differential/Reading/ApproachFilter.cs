using System.Text.RegularExpressions;

namespace Edgewise.Showmap.Differential.Reading;

/// <summary>Which approaches are read: those that an include pattern finds, or all where there is none, without those that an exclude pattern finds.</summary>
public sealed class ApproachFilter
{
    private const string IncludeOption = "--include-approach", ExcludeOption = "--exclude-approach";

    // Patterns are the user's own; this is against a slip that would take for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<Pattern> _include, _exclude;

    private ApproachFilter(List<Pattern> include, List<Pattern> exclude) => (_include, _exclude) = (include, exclude);

    /// <summary>Reads the patterns, regular expressions that are looked for anywhere in a name.</summary>
    /// <param name="include">Any of them suffices; none: all approaches.</param>
    /// <param name="exclude">Any of them suffices.</param>
    /// <param name="errors">Receives what is wrong with a pattern.</param>
    public static ApproachFilter Parse(IEnumerable<string> include, IEnumerable<string> exclude, ICollection<string> errors) =>
        new(Compile(IncludeOption, include, errors), Compile(ExcludeOption, exclude, errors));

    /// <summary>Chooses among names.</summary>
    /// <param name="names">All there are.</param>
    /// <param name="errors">Receives patterns to include that find none, and that nothing is left.</param>
    /// <param name="notes">Receives patterns to exclude that find none.</param>
    public IReadOnlyList<string> Choose(IReadOnlyList<string> names, ICollection<string> errors, ICollection<string> notes)
    {
        int before = errors.Count;
        List<string> chosen = [.. names.Where(name => (_include.Count == 0 || FindsAny(_include, name, errors)) && !FindsAny(_exclude, name, errors))];
        string there = $"the approaches are {string.Join(", ", names)}";
        foreach (Pattern pattern in _include.Where(static pattern => !pattern.HasFound))
        {
            errors.Add($"{IncludeOption} '{pattern.Text}': finds no approach; {there}");
        }

        foreach (Pattern pattern in _exclude.Where(static pattern => !pattern.HasFound))
        {
            notes.Add($"{ExcludeOption} '{pattern.Text}': finds no approach");
        }

        if (chosen.Count == 0 && errors.Count == before)
        {
            errors.Add($"{ExcludeOption} {string.Join(" ", _exclude.Select(static pattern => $"'{pattern.Text}'"))}: leaves no approach; {there}");
        }

        return chosen;
    }

    // Every pattern is asked, so that those that find nothing are known.
    private static bool FindsAny(List<Pattern> patterns, string name, ICollection<string> errors)
    {
        bool isFound = false;
        foreach (Pattern pattern in patterns)
        {
            try
            {
                bool finds = pattern.Regex.IsMatch(name);
                pattern.HasFound |= finds;
                isFound |= finds;
            }
            catch (RegexMatchTimeoutException)
            {
                pattern.HasFound = true;
                errors.Add($"'{pattern.Text}': looking for it in '{name}' takes more than {Patience.TotalSeconds} s; expected a simpler pattern");
            }
        }

        return isFound;
    }

    private static List<Pattern> Compile(string option, IEnumerable<string> patterns, ICollection<string> errors)
    {
        List<Pattern> compiled = [];
        foreach (string text in patterns)
        {
            try
            {
                compiled.Add(new Pattern(text, new Regex(text, RegexOptions.CultureInvariant, Patience)));
            }
            catch (ArgumentException failure)
            {
                errors.Add($"{option} '{text}': is no regular expression: {failure.Message}");
            }
        }

        return compiled;
    }

    private sealed class Pattern(string text, Regex regex)
    {
        public string Text => text;

        public Regex Regex => regex;

        public bool HasFound { get; set; }
    }
}
