namespace Edgewise.Instrumentation.Selection;

/// <summary>The entries of one or more list files, united.</summary>
/// <remarks>
/// As in LLVM's SanitizerCoverage only entries without a category count, and only those in a section whose name matches <c>coverage</c>
/// (or <c>edgewise</c>); entries before the first section are in <c>[*]</c>.
/// </remarks>
internal sealed class SpecialCaseList
{
    private readonly List<SpecialCaseEntry> _sources = [];
    private readonly List<SpecialCaseEntry> _functions = [];

    /// <summary>True if an entry looks at paths; <c>src:*</c> does not.</summary>
    public bool NeedsSources => _sources.Exists(static entry => entry.Text != "*");

    /// <summary>True if there is an entry of type <c>src</c>.</summary>
    public bool HasSources => _sources.Count != 0;

    /// <summary>True if there is an entry of type <c>fun</c>.</summary>
    public bool HasFunctions => _functions.Count != 0;

    /// <summary>Adds the entries of one more file.</summary>
    public void Add(IEnumerable<SpecialCaseEntry> entries)
    {
        foreach (SpecialCaseEntry entry in entries)
        {
            if (entry.Type == "src")
            {
                _sources.Add(entry);
            }
            else if (entry.Type == "fun")
            {
                _functions.Add(entry);
            }
        }
    }

    /// <summary>True if a <c>fun:</c> entry matches.</summary>
    public bool MatchesFunction(string function) => _functions.Exists(entry => entry.Pattern.Matches(function));

    /// <summary>True if a <c>src:</c> entry matches the path as it stands, or with <c>/</c> for <c>\</c>: PDBs keep the separators of the machine that built them.</summary>
    public bool MatchesSource(string path)
    {
        string slashed = path.Replace('\\', '/');
        foreach (SpecialCaseEntry entry in _sources)
        {
            if (Matches(entry, path) || (slashed != path && Matches(entry, slashed)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(SpecialCaseEntry entry, string path)
    {
        if (entry.DropsDotSlash)
        {
            while (path.StartsWith("./", StringComparison.Ordinal))
            {
                path = path[1..].TrimStart('/');
            }
        }

        return entry.Pattern.Matches(path);
    }
}
