using System.Text.Json;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Node;

/// <summary>A call as a node's <c>callTracer</c> tells it.</summary>
/// <param name="Type">The instruction: CALL, DELEGATECALL, CREATE, …</param>
/// <param name="Target">Whose code runs, or the contract that was made.</param>
/// <param name="Input">The calldata, or the init code.</param>
/// <param name="Output">What it returned, the code of a contract that was made.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="Calls">The calls that it made itself, in order.</param>
internal sealed record CallFrame(string Type, EvmWord Target, byte[] Input, byte[] Output, string? Error, IReadOnlyList<CallFrame> Calls)
{
    /// <summary>True where a contract is made.</summary>
    public bool Makes => Type.StartsWith("CREATE", StringComparison.Ordinal);

    /// <summary>This call and all below.</summary>
    public IEnumerable<CallFrame> All => Calls.SelectMany(static call => call.All).Prepend(this);

    /// <summary>Reads the answer of <c>callTracer</c>.</summary>
    /// <exception cref="FormatException">It is of another form.</exception>
    public static CallFrame Read(JsonElement call)
    {
        string type = Text(call, "type") ?? throw new FormatException("a call without type");
        List<CallFrame> calls = [];
        if (call.TryGetProperty("calls"u8, out JsonElement inner) && inner.ValueKind == JsonValueKind.Array)
        {
            // What a destroyed contract gives away is listed among the calls, but is none.
            calls.AddRange(inner.EnumerateArray().Select(Read).Where(static found => found.Type != "SELFDESTRUCT"));
        }

        EvmWord target = Text(call, "to") is { } text ? EvmWord.Parse(text) : EvmWord.Zero;
        return new(type, target, Bytes(call, "input"), Bytes(call, "output"), Text(call, "error"), calls);
    }

    private static string? Text(JsonElement call, string name) =>
        call.ValueKind == JsonValueKind.Object && call.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Bytes(JsonElement call, string name) => Text(call, name) is { Length: > 2 } text ? Convert.FromHexString(text.AsSpan(2)) : [];
}
