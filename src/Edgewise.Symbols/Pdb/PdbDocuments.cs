using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text.Json;

namespace Edgewise.Symbols.Pdb;

/// <summary>Reads the documents of a portable PDB, with embedded sources and SourceLink.</summary>
/// <remarks>The format of the two is described in the portable PDB specification, "Custom Debug Information".</remarks>
internal static class PdbDocuments
{
    private const int LongestSource = 64 * 1024 * 1024;

    private static readonly Guid Sha1 = new("ff1816ec-aa5e-4d10-87f7-6f4963833460");
    private static readonly Guid Sha256 = new("8829d00f-11b8-4213-878b-770e8597ac16");
    private static readonly Guid Embedded = new("0e8a571b-6926-466e-b4ad-8ab04611f5fe");
    private static readonly Guid SourceLink = new("cc110556-a091-4d38-9fec-25ab9a351a6a");

    /// <summary>All documents, in the order of the PDB.</summary>
    /// <exception cref="BadImageFormatException">The PDB is damaged.</exception>
    public static IReadOnlyList<SourceDocument> Read(MetadataReader pdb)
    {
        List<(string Pattern, string Url)> links = ReadLinks(pdb);
        List<SourceDocument> documents = [];
        foreach (DocumentHandle handle in pdb.Documents)
        {
            Document document = pdb.GetDocument(handle);
            string file = pdb.GetString(document.Name);
            Guid algorithm = pdb.GetGuid(document.HashAlgorithm);
            string name = algorithm == Sha256 ? "SHA256" : algorithm == Sha1 ? "SHA1" : "";
            documents.Add(new SourceDocument(file, name, pdb.GetBlobBytes(document.Hash), TextOf(pdb, handle), UrlOf(file, links)));
        }

        return documents;
    }

    private static byte[]? TextOf(MetadataReader pdb, DocumentHandle document)
    {
        foreach (CustomDebugInformationHandle handle in pdb.GetCustomDebugInformation(document))
        {
            CustomDebugInformation information = pdb.GetCustomDebugInformation(handle);
            if (pdb.GetGuid(information.Kind) == Embedded)
            {
                return Unpack(pdb.GetBlobBytes(information.Value));
            }
        }

        return null;
    }

    // Four bytes of length, zero for text that is not compressed, then the text.
    private static byte[]? Unpack(byte[] blob)
    {
        int length = blob.Length < sizeof(int) ? -1 : BitConverter.ToInt32(blob);
        if (length == 0)
        {
            return blob[sizeof(int)..];
        }

        if (length is < 0 or > LongestSource)
        {
            return null;
        }

        try
        {
            using DeflateStream text = new(new MemoryStream(blob, sizeof(int), blob.Length - sizeof(int)), CompressionMode.Decompress);
            byte[] content = new byte[length];
            text.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static List<(string Pattern, string Url)> ReadLinks(MetadataReader pdb)
    {
        List<(string, string)> links = [];
        foreach (CustomDebugInformationHandle handle in pdb.GetCustomDebugInformation(EntityHandle.ModuleDefinition))
        {
            CustomDebugInformation information = pdb.GetCustomDebugInformation(handle);
            if (pdb.GetGuid(information.Kind) == SourceLink)
            {
                Add(pdb.GetBlobBytes(information.Value), links);
            }
        }

        return links;
    }

    private static void Add(byte[] json, List<(string Pattern, string Url)> links)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("documents", out JsonElement map) && map.ValueKind == JsonValueKind.Object)
            {
                links.AddRange(map.EnumerateObject().Where(static link => link.Value.ValueKind == JsonValueKind.String).Select(static link => (link.Name, link.Value.GetString()!)));
            }
        }
        catch (JsonException)
        {
            // Without it a report only lacks an address.
        }
    }

    private static string? UrlOf(string file, List<(string Pattern, string Url)> links)
    {
        foreach ((string pattern, string url) in links)
        {
            if (pattern == file)
            {
                return url;
            }

            if (pattern.EndsWith('*') && file.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase))
            {
                return url.Replace("*", file[(pattern.Length - 1)..].Replace('\\', '/'), StringComparison.Ordinal);
            }
        }

        return null;
    }
}
