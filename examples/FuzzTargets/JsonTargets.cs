using System.Text;
using Edgewise.Annotations;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FuzzTargets;

/// <summary>Newtonsoft.Json: what it reads it must be able to write, and read again as the same.</summary>
public static class JsonTargets
{
    /// <summary>Reads a document, writes it, reads what was written.</summary>
    [FuzzTarget("json", MaxLength = 512)]
    [Expects(typeof(JsonException))]
    public static void RoundTrip(string document)
    {
        JToken first = Read(document);
        string written = first.ToString(Formatting.None);
        JToken second = Read(written);
        if (!JToken.DeepEquals(first, second) && !written.Contains("NaN", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"read again it is another document: {written}");
        }
    }

    /// <summary>Reads a document token by token.</summary>
    [FuzzTarget("json-reader", MaxLength = 512)]
    [Expects(typeof(JsonException))]
    public static void Reader(byte[] document)
    {
        using var reader = new JsonTextReader(new StreamReader(new MemoryStream(document), Encoding.UTF8));
        while (reader.Read())
        {
        }
    }

    private static JToken Read(string document)
    {
        // Dates stay text: what looks like one would be written in another form.
        using var reader = new JsonTextReader(new StringReader(document)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = 64 };
        return JToken.ReadFrom(reader);
    }
}
