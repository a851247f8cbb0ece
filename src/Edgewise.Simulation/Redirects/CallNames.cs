using System.Text.RegularExpressions;

namespace Edgewise.Simulation.Redirects;

/// <summary>Names of calls as people read them.</summary>
internal static partial class CallNames
{
    /// <summary>Of <c>System.IO.File::Open(System.String, System.IO.FileMode)</c> makes <c>File.Open(String, FileMode)</c>.</summary>
    public static string Short(string member)
    {
        int type = member.IndexOf("::", StringComparison.Ordinal);
        string owner = Plain(member[..type]);
        string rest = Plain(member[(type + 2)..].Replace(".ctor", string.Empty, StringComparison.Ordinal));
        return rest.StartsWith("get_", StringComparison.Ordinal) ? $"{owner}.{rest[4..rest.IndexOf('(')]}"
            : rest[0] == '(' ? $"new {owner}{rest}"
            : $"{owner}.{rest}";
    }

    private static string Plain(string text) => TypeParameter().Replace(Qualifier().Replace(text, string.Empty), "T");

    // Assemblies, namespaces, enclosing types, and how many type parameters a type has.
    [GeneratedRegex(@"\[\w[\w.]*\]|(\w+(`\d+)?[.+])+|`\d+")]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"!!?\d+")]
    private static partial Regex TypeParameter();
}
