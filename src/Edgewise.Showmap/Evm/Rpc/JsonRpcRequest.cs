using System.Text.Json;

namespace Edgewise.Showmap.Evm.Rpc;

/// <summary>One question to a node.</summary>
/// <param name="Method">The method.</param>
/// <param name="WriteParameters">Writes the values of the array <c>params</c>.</param>
internal sealed record JsonRpcRequest(string Method, Action<Utf8JsonWriter> WriteParameters)
{
    /// <summary>A question whose parameters are text.</summary>
    public static JsonRpcRequest Of(string method, params string[] parameters) => new(method, writer =>
    {
        foreach (string parameter in parameters)
        {
            writer.WriteStringValue(parameter);
        }
    });
}
