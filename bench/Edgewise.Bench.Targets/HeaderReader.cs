using System.Globalization;

namespace Edgewise.Bench.Targets;

/// <summary>Reads the head of an HTTP request as applications do: nearly all of its comparisons are calls that compare strings, and look-ups by key.</summary>
public static class HeaderReader
{
    /// <summary>A request with a dozen headers, known and unknown ones.</summary>
    public const string Request = """
        POST /api/stations/tide?unit=m HTTP/1.1
        Host: harbour.example.org
        User-Agent: gauge/2.1
        Accept: application/json, text/plain;q=0.8
        Accept-Encoding: gzip, br
        Content-Type: application/json; charset=utf-8
        Content-Length: 3404
        Connection: keep-alive
        Cookie: session=6b1e4f07919; theme=dark
        X-Request-Id: 92ac-6b1e
        Origin: https://harbour.example.org
        Cache-Control: no-cache

        """;

    private static readonly Dictionary<string, int> Weights = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Host"] = 1,
        ["User-Agent"] = 2,
        ["Accept"] = 3,
        ["Accept-Encoding"] = 4,
        ["Content-Type"] = 5,
        ["Content-Length"] = 6,
        ["Connection"] = 7,
        ["Cookie"] = 8,
    };

    /// <summary>Reads a request.</summary>
    /// <returns>A number that depends on all of its lines.</returns>
    public static int Read(string request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string[] lines = request.Split('\n');
        int sum = Method(lines[0]);
        for (int i = 1; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                sum = (sum * 31) + Header(lines[i][..colon], lines[i][(colon + 1)..].Trim());
            }
        }

        return sum;
    }

    private static int Method(string line) =>
        line.StartsWith("GET ", StringComparison.Ordinal) ? 1
        : line.StartsWith("PUT ", StringComparison.Ordinal) ? 2
        : line.StartsWith("POST ", StringComparison.Ordinal) && line.EndsWith("HTTP/1.1", StringComparison.Ordinal) ? 3
        : 0;

    private static int Header(string name, string value)
    {
        int known = Weights.TryGetValue(name, out int weight) ? weight : -1;
        switch (name)
        {
            case "Content-Length":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length : -1;
            case "Content-Type":
                return value.Contains("json", StringComparison.Ordinal) ? known : -known;
            case "Connection":
                return value == "keep-alive" ? known : string.Equals(value, "CLOSE", StringComparison.OrdinalIgnoreCase) ? 99 : 0;
            case "Accept-Encoding":
                return value.Contains("gzip", StringComparison.Ordinal) ? 1 : 0;
            case "Cache-Control":
                return value == "no-store" ? 5 : value == "no-cache" ? 6 : 7;
            case "Cookie":
            case "Origin":
            case "X-Request-Id":
                return value.Length + known;
            default:
                return known;
        }
    }
}
