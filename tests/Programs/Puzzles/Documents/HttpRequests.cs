using System.Globalization;
using System.Text;
using Edgewise.Annotations;

namespace Puzzles.Documents;

/// <summary>A request of HTTP/1.1: a line with method and path, fields whose names have no case, an empty line, and a body as long as a field says.</summary>
public static class HttpRequests
{
    private const string LineEnd = "\r\n";
    private const string Drafts = "/drafts/";

    /// <summary>Handles a request; one that replaces a draft must name the version it replaces.</summary>
    [FuzzTarget("document-request")]
    public static void Handle(string request)
    {
        int end = request.IndexOf(LineEnd + LineEnd, StringComparison.Ordinal);
        if (end < 0)
        {
            return;
        }

        string[] lines = request[..end].Split(LineEnd);
        if (lines[0].Split(' ') is not [var method, ['/', ..] path, "HTTP/1.1"] || !TryReadFields(lines.AsSpan(1), out Dictionary<string, string> fields)
            || !fields.ContainsKey("Host"))
        {
            return;
        }

        string body = request[(end + 2 * LineEnd.Length)..];
        switch (method)
        {
            case "GET" or "HEAD" when body.Length == 0:
                Sink.Number = path.Length;
                break;
            case "DELETE":
                Sink.Number = -1;
                break;
            case "PUT" when HasLength(fields, body) && path.StartsWith(Drafts, StringComparison.Ordinal):
                Replace(path[Drafts.Length..], fields);
                break;
            default:
                break;
        }
    }

    private static void Replace(string version, Dictionary<string, string> fields)
    {
        if (version.Length > 0 && fields.TryGetValue("If-Match", out string? match) && match is ['"', .. var tag, '"'] && tag == version)
        {
            throw new PuzzleSolvedException();
        }
    }

    private static bool HasLength(Dictionary<string, string> fields, string body) =>
        body.Length > 0 && fields.TryGetValue("Content-Length", out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length == Encoding.UTF8.GetByteCount(body);

    private static bool TryReadFields(ReadOnlySpan<string> lines, out Dictionary<string, string> fields)
    {
        fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || !fields.TryAdd(line[..colon], line[(colon + 1)..].Trim()))
            {
                return false;
            }
        }

        return true;
    }
}
