using System.Text.Json;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Rpc;

/// <summary>A node's answer: a result, as JSON, or an error.</summary>
/// <param name="Method">What was asked.</param>
/// <param name="Url">Who answered.</param>
/// <param name="Result">The JSON of the result.</param>
/// <param name="ErrorCode">The code of an error, null where there is a result.</param>
/// <param name="ErrorMessage">What the node says about it.</param>
internal sealed record JsonRpcAnswer(string Method, Uri Url, ReadOnlyMemory<byte> Result, int? ErrorCode, string? ErrorMessage)
{
    private const int MethodNotFound = -32601;

    /// <summary>The result.</summary>
    /// <exception cref="ShowmapException">The node answered with an error.</exception>
    public ReadOnlyMemory<byte> Required => ErrorCode is not { } code ? Result
        : code == MethodNotFound ? throw new ShowmapException($"{Url}: the node has no {Method}; expected anvil, or a node with debug_traceCall, stateOverrides and blockOverrides")
        : throw new ShowmapException($"{Url}: {Method} failed: {ErrorMessage} (code {code})");

    /// <summary>The result as a number.</summary>
    /// <exception cref="ShowmapException">It is an error, or no number.</exception>
    public EvmWord Word => EvmWord.TryParse(Text, out EvmWord word) ? word : throw Unexpected("a number of up to 32 bytes");

    /// <summary>The result as bytes.</summary>
    /// <exception cref="ShowmapException">It is an error, or no bytes.</exception>
    public byte[] Bytes
    {
        get
        {
            string text = Text;
            try
            {
                return text.StartsWith("0x", StringComparison.Ordinal) ? Convert.FromHexString(text.AsSpan(2)) : throw Unexpected("0x and hexadecimal digits");
            }
            catch (FormatException)
            {
                throw Unexpected("0x and hexadecimal digits");
            }
        }
    }

    /// <summary>The result, read.</summary>
    /// <exception cref="ShowmapException">It is an error.</exception>
    public JsonDocument Document => JsonDocument.Parse(Required, new JsonDocumentOptions { MaxDepth = JsonRpcNode.LargestDepth });

    /// <summary>The exception for a result that is of another form.</summary>
    public ShowmapException Unexpected(string expectation) => new($"{Url}: {Method} answered with something else than {expectation}");

    private string Text
    {
        get
        {
            using JsonDocument document = Document;
            return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString()! : throw Unexpected("text");
        }
    }
}
