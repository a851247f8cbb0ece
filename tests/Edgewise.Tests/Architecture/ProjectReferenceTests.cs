using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Edgewise.Tests.Architecture;

/// <summary>The table of <c>docs/architecture.md</c> says which project may use which; the project files must agree.</summary>
public sealed partial class ProjectReferenceTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Every_project_stands_in_the_table_and_the_other_way_round()
    {
        IEnumerable<string> projects = Directory.GetDirectories(Path.Combine(Root, "src")).Select(d => Path.GetFileName(d)["Edgewise.".Length..]);

        Assert.Equal(projects.Order(StringComparer.Ordinal), Table().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_project_references_only_what_the_table_allows()
    {
        Dictionary<string, string[]> table = Table();
        foreach ((string project, string[] allowed) in table)
        {
            XDocument file = XDocument.Load(Path.Combine(Root, "src", $"Edgewise.{project}", $"Edgewise.{project}.csproj"));
            // What is only built before, and copied, is not used.
            IEnumerable<string> projects = file.Descendants("ProjectReference").Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)["Edgewise.".Length..]);
            IEnumerable<string> packages = file.Descendants("PackageReference").Select(r => (string)r.Attribute("Include")!);
            IEnumerable<string> mayUse = allowed.Contains("all") ? [.. allowed, .. table.Keys] : allowed;

            Assert.Empty(projects.Concat(packages).Except(mayUse).Select(used => $"{project} uses {used}"));
        }
    }

    [Fact]
    public void Dependencies_only_point_upwards_in_the_table()
    {
        Dictionary<string, string[]> table = Table();
        var above = new HashSet<string>();
        foreach ((string project, string[] allowed) in table)
        {
            Assert.Empty(allowed.Where(a => table.ContainsKey(a) && !above.Contains(a)).Select(a => $"{project} stands above {a}, which it uses"));
            above.Add(project);
        }
    }

    /// <summary>Projects in the order of the table, each with what it may depend on.</summary>
    private static Dictionary<string, string[]> Table()
    {
        var table = new Dictionary<string, string[]>();
        foreach (string line in File.ReadLines(Path.Combine(Root, "docs", "architecture.md")))
        {
            Match row = Row().Match(line);
            if (row.Success)
            {
                table.Add(row.Groups["project"].Value, [.. row.Groups["uses"].Value.Split(',', StringSplitOptions.TrimEntries).Where(u => u != "–")]);
            }
        }

        return table;
    }

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Edgewise.slnx")))
        {
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!;
        }

        return folder;
    }

    [GeneratedRegex(@"^\| `(?<project>[\w.]+)` \| .* \| (?<uses>[^|]+) \|$")]
    private static partial Regex Row();
}
