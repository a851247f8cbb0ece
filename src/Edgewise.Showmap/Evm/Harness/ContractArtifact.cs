using System.Text.Json;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>What forge leaves of a compiled contract: <c>out/File.sol/Name.json</c>.</summary>
/// <param name="Name">Name of the contract.</param>
/// <param name="Identifier"><c>path/File.sol:Name</c>, as forge names it.</param>
/// <param name="Functions">What it offers.</param>
/// <param name="InitCode">What makes it; empty for an interface, null where a library is not linked.</param>
/// <param name="RuntimeCode">What runs; empty for an interface, null where a library is not linked.</param>
/// <param name="EvmVersion">The hard fork that it was compiled for, where the file tells.</param>
/// <param name="MissingLibraries">Libraries that are not linked.</param>
/// <param name="TakesArguments">True where its constructor has parameters.</param>
internal sealed record ContractArtifact(
    string Name, string Identifier, IReadOnlyList<AbiFunction> Functions, byte[]? InitCode, byte[]? RuntimeCode, string? EvmVersion, IReadOnlyList<string> MissingLibraries, bool TakesArguments)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="ShowmapException">It cannot be read, or is no artifact of forge.</exception>
    public static ContractArtifact Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            throw new ShowmapException($"{path}: not an artifact of forge: {failure.Message}; expected out/FILE.sol/CONTRACT.json as forge build writes it", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ShowmapException($"{path}: the artifact cannot be read: {failure.Message}; forge build makes it", failure);
        }
    }

    private static ContractArtifact Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("abi"u8, out JsonElement abi))
        {
            throw new FormatException("no field 'abi'");
        }

        string name = Path.GetFileNameWithoutExtension(path), identifier = $"{Path.GetFileName(Path.GetDirectoryName(path))}:{name}";
        string? version = null;
        if (root.TryGetProperty("metadata"u8, out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("settings"u8, out JsonElement settings))
        {
            version = settings.TryGetProperty("evmVersion"u8, out JsonElement evm) ? evm.GetString() : null;
            if (settings.TryGetProperty("compilationTarget"u8, out JsonElement target) && target.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty pair in target.EnumerateObject())
                {
                    (name, identifier) = (pair.Value.GetString() ?? name, $"{pair.Name}:{pair.Value.GetString()}");
                }
            }
        }

        List<string> missing = [];
        byte[]? initCode = Code(root, "bytecode", missing), runtimeCode = Code(root, "deployedBytecode", []);
        bool takesArguments = abi.ValueKind == JsonValueKind.Array && abi.EnumerateArray().Any(static entry =>
            entry.TryGetProperty("type"u8, out JsonElement type) && type.ValueEquals("constructor"u8)
            && entry.TryGetProperty("inputs"u8, out JsonElement inputs) && inputs.GetArrayLength() > 0);
        return new(name, identifier, AbiFunction.Read(abi), initCode, runtimeCode, version, missing, takesArguments);
    }

    private static byte[]? Code(JsonElement root, string field, List<string> missing)
    {
        if (!root.TryGetProperty(field, out JsonElement code) || code.ValueKind != JsonValueKind.Object
            || !code.TryGetProperty("object"u8, out JsonElement text) || text.ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"no text in field '{field}.object'");
        }

        string digits = text.GetString()!;
        digits = digits.StartsWith("0x", StringComparison.Ordinal) ? digits[2..] : digits;
        if (!digits.Contains('_', StringComparison.Ordinal))
        {
            try
            {
                return Convert.FromHexString(digits);
            }
            catch (FormatException)
            {
                throw new FormatException($"field '{field}.object': expected 0x and hexadecimal digits");
            }
        }

        if (code.TryGetProperty("linkReferences"u8, out JsonElement references) && references.ValueKind == JsonValueKind.Object)
        {
            missing.AddRange(references.EnumerateObject().SelectMany(static file => file.Value.EnumerateObject().Select(library => $"{file.Name}:{library.Name}")));
        }

        return null;
    }
}
