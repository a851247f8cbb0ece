using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Edgewise.Corpus.Metadata;

/// <summary>One line of a <see cref="MetadataLog"/>, without the line feed: a JSON object. The layout stands in <c>docs/corpus.md</c>.</summary>
/// <param name="Name">The entry.</param>
/// <param name="Metadata">What is known of it; null if it was removed.</param>
internal readonly record struct MetadataLine(EntryName Name, EntryMetadata? Metadata)
{
    /// <summary>The first line of a log.</summary>
    public static string Header { get; } = $$"""{"format":"{{Format}}","version":{{Version}}}""";

    private const string Format = "edgewise corpus metadata";
    private const int Version = 1;

    /// <summary>Checks the first line of a log.</summary>
    /// <returns>Null if it is as expected; else what it is, and what was expected.</returns>
    public static string? ProblemOfHeader(string line)
    {
        JsonObject? json = Parse(line);
        if ((string?)Value(json?["format"], JsonValueKind.String) != Format)
        {
            return $"line 1: expected {Header}";
        }

        string version = json!["version"]?.ToJsonString() ?? "none";
        return version == Version.ToString(CultureInfo.InvariantCulture) ? null : $"line 1: {Format}, version {version}; expected version {Version}";
    }

    /// <summary>Reads a line.</summary>
    /// <returns>Null if it is damaged.</returns>
    public static MetadataLine? Read(string line)
    {
        if (Parse(line) is not { } json)
        {
            return null;
        }

        if (ParseName(json["removed"]) is { } removed)
        {
            return new MetadataLine(removed, null);
        }

        return ParseName(json["entry"]) is { } name
            && FeatureText.Decode((string?)Value(json["features"], JsonValueKind.String) ?? string.Empty) is { } features
            && Cost(json["cost"]) is { } cost
            ? new MetadataLine(name, new EntryMetadata
            {
                Parent = ParseName(json["parent"]),
                Mutation = (string?)Value(json["mutation"], JsonValueKind.String) ?? string.Empty,
                Found = DateTimeOffset.TryParse((string?)Value(json["found"], JsonValueKind.String), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset found) ? found : null,
                Features = features,
                Cost = cost,
            })
            : null;
    }

    /// <summary>Writes the line, with a line feed.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (Metadata is null)
            {
                writer.WriteString("removed", Name.ToString());
            }
            else
            {
                Write(writer, Metadata);
            }

            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private void Write(Utf8JsonWriter writer, EntryMetadata metadata)
    {
        writer.WriteString("entry", Name.ToString());
        if (metadata.Parent is { } parent)
        {
            writer.WriteString("parent", parent.ToString());
        }

        writer.WriteString("mutation", metadata.Mutation);
        if (metadata.Found is { } found)
        {
            writer.WriteString("found", found.ToString("O", CultureInfo.InvariantCulture));
        }

        writer.WriteNumber("cost", metadata.Cost);
        writer.WriteString("features", FeatureText.Encode(metadata.Features));
    }

    private static long? Cost(JsonNode? node) => Value(node, JsonValueKind.Number)?.AsValue() is { } value && value.TryGetValue(out long cost) ? cost : null;

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Value(JsonNode? node, JsonValueKind kind) => node?.GetValueKind() == kind ? node : null;

    private static EntryName? ParseName(JsonNode? node) => EntryName.TryParse((string?)Value(node, JsonValueKind.String), out EntryName name) ? name : null;
}
