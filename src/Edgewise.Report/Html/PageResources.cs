using System.Text;

namespace Edgewise.Report.Html;

/// <summary>The page, its style and its script, which are the same for every report.</summary>
internal static class PageResources
{
    /// <summary>Name of the page.</summary>
    public const string PageName = "index.html";

    private const string ScriptName = "report.js", StylePlace = "/* report.css */";

    /// <summary>Parts of the script, in the order in which they use each other.</summary>
    private static readonly string[] Parts =
    [
        "elements.js", "loading.js", "list.js", "figures.js", "model.js", "columns.js", "overview.js", "functions.js", "source.js", "find.js", "palette.js", "keys.js", "live.js", "start.js",
    ];

    private static readonly Dictionary<string, byte[]> Contents = new(StringComparer.Ordinal)
    {
        // The style stands in the page: nothing else has to come before it can be painted.
        [PageName] = Encoding.UTF8.GetBytes(Read("page.html").Replace(StylePlace, Read("report.css"), StringComparison.Ordinal)),
        [ScriptName] = Encoding.UTF8.GetBytes("\"use strict\";\n(() => {\n" + string.Concat(Parts.Select(Read)) + "})();\n"),
    };

    /// <summary>Names of these files.</summary>
    public static IEnumerable<string> Names => Contents.Keys;

    /// <summary>Content of a file; null where it is none of these.</summary>
    public static byte[]? Find(string name) => Contents.GetValueOrDefault(name);

    private static string Read(string name)
    {
        using Stream stream = typeof(PageResources).Assembly.GetManifestResourceStream("Page/" + name)!;
        using StreamReader text = new(stream);
        return text.ReadToEnd();
    }
}
