using System.Text.Json;
using Edgewise.Showmap.Evm.Cheats;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>A function that a contract offers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signature">Name and types of parameters, as its selector is made of.</param>
/// <param name="IsView">True where it cannot change anything: view or pure.</param>
internal sealed record AbiFunction(string Name, string Signature, bool IsView)
{
    /// <summary>The first bytes of calldata for it.</summary>
    public uint Selector { get; } = AbiText.Selector(Signature);

    /// <summary>True for functions that forge calls by itself, so that they are no targets of an invariant test: tests, fixtures, <c>setUp</c>.</summary>
    public bool IsReserved => Name is "setUp" or "afterInvariant" or "failed" or "IS_TEST" or "beforeTestSetup"
        || Name.StartsWith("test", StringComparison.Ordinal) || Name.StartsWith("invariant", StringComparison.Ordinal) || Name.StartsWith("statefulFuzz", StringComparison.Ordinal)
        || Name.StartsWith("table", StringComparison.Ordinal) || Name.StartsWith("fixture", StringComparison.Ordinal);

    /// <summary>Reads the functions of an ABI.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IReadOnlyList<AbiFunction> Read(JsonElement abi) =>
        abi.ValueKind != JsonValueKind.Array ? throw new FormatException("field 'abi': expected an array")
        : [.. abi.EnumerateArray().Where(static entry => Text(entry, "type") == "function").Select(static entry =>
        {
            string name = Text(entry, "name") ?? throw new FormatException("field 'abi': a function without name");
            return new AbiFunction(name, name + Types(entry, "inputs"), Text(entry, "stateMutability") is "view" or "pure");
        })];

    private static string Types(JsonElement entry, string field) =>
        entry.TryGetProperty(field, out JsonElement parameters) && parameters.ValueKind == JsonValueKind.Array
            ? $"({string.Join(',', parameters.EnumerateArray().Select(Type))})" : throw new FormatException($"field 'abi': expected an array '{field}'");

    private static string Type(JsonElement parameter)
    {
        string type = Text(parameter, "type") ?? throw new FormatException("field 'abi': a parameter without type");
        return type.StartsWith("tuple", StringComparison.Ordinal) ? Types(parameter, "components") + type["tuple".Length..] : type;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
