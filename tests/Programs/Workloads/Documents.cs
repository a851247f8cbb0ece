using System.Text;

namespace Workloads;

/// <summary>The input texts, which are embedded in this assembly.</summary>
public static class Documents
{
    /// <summary>A Markdown manual that uses every extension of Markdig.</summary>
    public static string Manual { get; } = Encoding.UTF8.GetString(Bytes("manual.md"));

    /// <summary>Two YAML documents with anchors, block scalars, tags and complex keys.</summary>
    public static string Deployment { get; } = Encoding.UTF8.GetString(Bytes("deployment.yaml"));

    /// <summary>A JSON feed of weather stations.</summary>
    public static string Stations { get; } = Encoding.UTF8.GetString(Bytes("stations.json"));

    /// <summary>An HTML page as people write them, with mistakes that a parser has to mend.</summary>
    public static string Portal { get; } = Encoding.UTF8.GetString(Bytes("portal.html"));

    /// <summary>The bytes of an embedded text.</summary>
    public static byte[] Bytes(string name)
    {
        using Stream stream = typeof(Documents).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"no resource {name}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
