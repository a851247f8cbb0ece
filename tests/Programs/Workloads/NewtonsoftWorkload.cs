using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace Workloads;

/// <summary>Reads JSON as tokens, as a tree and as objects, and writes each back.</summary>
public static class NewtonsoftWorkload
{
    /// <summary>One observation of a station.</summary>
    public sealed record Observation(DateTime Time, double Temperature, decimal Pressure, IReadOnlyList<string> Flags);

    /// <summary>One station of the feed.</summary>
    public sealed record Station(string Id, string Name, int Elevation, bool Active, string? Operator, double Tolerance, IReadOnlyList<Observation> Observations);

    /// <summary>Runs <see cref="Documents.Stations"/> through reader, tree, path queries, object binding and errors.</summary>
    public static string Run()
    {
        string text = Documents.Stations;
        JObject tree = Load(text);
        string compact = tree.ToString(Formatting.None);
        Check.That(JToken.DeepEquals(tree, Load(tree.ToString(Formatting.Indented))), "the tree read again is equal");

        var settings = new JsonSerializerSettings
        {
            ContractResolver = new DefaultContractResolver { NamingStrategy = new SnakeCaseNamingStrategy() },
            Formatting = Formatting.Indented,
            NullValueHandling = NullValueHandling.Ignore,
        };
        List<Station> stations = tree["stations"]!.ToObject<List<Station>>(JsonSerializer.Create())!;
        Check.That(stations.Count == 16 && stations[2].Name == "Säntis", "the stations are bound");
        string bound = JsonConvert.SerializeObject(stations, settings);
        List<Station> again = JsonConvert.DeserializeObject<List<Station>>(bound, settings)!;
        Check.That(JsonConvert.SerializeObject(again, settings) == bound, "the objects read again are equal");

        IEnumerable<string> found = tree.SelectTokens("$.stations[?(@.elevation > 1000 && @.active == true)].observations[*].wind.speed")
            .Select(token => token.ToString(Formatting.None));
        return string.Join('\f', compact, bound, string.Join(',', found), Tokens(text), Errors());
    }

    /// <summary>Reads a document token by token; the cheapest use of the reader.</summary>
    public static int CountTokens(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text));
        int count = 0;
        while (reader.Read())
        {
            count++;
        }

        return count;
    }

    private static JObject Load(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    private static string Tokens(string text)
    {
        var builder = new StringBuilder();
        using var reader = new JsonTextReader(new StringReader(text));
        while (reader.Read())
        {
            builder.Append((int)reader.TokenType).Append(':').Append(reader.Depth).Append(' ');
        }

        return builder.ToString();
    }

    private static string Errors()
    {
        var builder = new StringBuilder();
        foreach (string bad in (ReadOnlySpan<string>)["{", "[1,,2]", "{\"a\" 1}", "\"\\u12G4\"", "tru", "{'a':1}}", "[1 2]", "-", "1e999x", "/* open"])
        {
            try
            {
                JToken.Parse(bad);
                builder.Append("read\n");
            }
            catch (JsonReaderException exception)
            {
                builder.Append(exception.Message).Append('\n');
            }
        }

        return builder.ToString();
    }
}
