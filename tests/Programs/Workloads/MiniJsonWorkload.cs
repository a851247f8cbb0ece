using System.Globalization;
using System.Text;

namespace Workloads;

/// <summary>Checks documents with <see cref="MiniJson"/>: a small one, a large one, and what is left when either is damaged.</summary>
public static class MiniJsonWorkload
{
    /// <summary>A document of 77 bytes.</summary>
    public static byte[] Small { get; } =
        """{"id":4711,"name":"gauge\u00e9","on":true,"at":[1.5e3,-2,null],"tag":["",{}]}"""u8.ToArray();

    /// <summary>A document of about 3.5 kB: one station of the feed.</summary>
    public static byte[] Large { get; } = Encoding.UTF8.GetBytes(FirstStations(3500));

    /// <summary>Reads both documents, and each of the two with one byte changed or cut off.</summary>
    public static string Run()
    {
        var parser = new MiniJson();
        var report = new StringBuilder();
        foreach (byte[] document in (ReadOnlySpan<byte[]>)[Small, Large, Documents.Bytes("stations.json")])
        {
            Check.That(parser.Parse(document), $"the document of {document.Length} bytes is read to its end, not to {parser.Position}");
            Describe(report, parser);
        }

        for (int i = 0; i < Large.Length; i += 7)
        {
            byte[] damaged = [.. Large];
            damaged[i] = (byte)"{}[]\",:\\0e-"[i % 11];
            parser.Parse(damaged);
            Describe(report, parser);
            Check.That(!parser.Parse(Large[..i]), "a document that was cut off is not read");
        }

        return report.ToString();
    }

    private static void Describe(StringBuilder report, MiniJson parser) =>
        report.Append(CultureInfo.InvariantCulture, $"{parser.Position} {parser.Values} {parser.Sum} {parser.Hash:x8}\n");

    // Whole lines of the feed's first stations, closed by hand so that they are a document of their own.
    private static string FirstStations(int length)
    {
        string feed = Documents.Stations;
        int start = feed.IndexOf("\"stations\": [", StringComparison.Ordinal) + "\"stations\": [".Length;
        int end = feed.LastIndexOf("\n        },", start + length, StringComparison.Ordinal) + "\n        }".Length;
        return string.Concat("[", feed.AsSpan(start, end - start), "\n]}]\n");
    }
}
