using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Edgewise.Showmap.Evm.Rpc;

/// <summary>An Ethereum node that answers JSON-RPC 2.0 over HTTP. Several questions go in one batch. May be used by several threads.</summary>
internal sealed class JsonRpcNode(Uri url, TimeSpan timeout) : IDisposable
{
    /// <summary>How deep an answer may nest: three levels a call, of which there can be 1024 in one another.</summary>
    public const int LargestDepth = 4096;

    private const long LargestAnswer = 1L << 30;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None })
    {
        Timeout = timeout,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private long _ticks;

    /// <summary>Where it is.</summary>
    public Uri Url => url;

    /// <summary>Time from questions to their answers, of all threads together.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _ticks));

    /// <summary>Asks, and returns the answers in the order of the questions.</summary>
    /// <exception cref="ShowmapException">The node cannot be reached, or does not answer as JSON-RPC says.</exception>
    public JsonRpcAnswer[] Ask(params ReadOnlySpan<JsonRpcRequest> requests)
    {
        ArrayBufferWriter<byte> body = Write(requests);
        byte[] answer;
        long start = Stopwatch.GetTimestamp();
        try
        {
            answer = Send(body.WrittenMemory);
        }
        finally
        {
            Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - start);
        }

        return Read(requests, answer);
    }

    /// <summary>Asks one question.</summary>
    /// <exception cref="ShowmapException">The node cannot be reached, or does not answer as JSON-RPC says.</exception>
    public JsonRpcAnswer Ask(string method, params string[] parameters) => Ask(JsonRpcRequest.Of(method, parameters))[0];

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private byte[] Send(ReadOnlyMemory<byte> body)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using HttpResponseMessage response = _client.Send(message);
            if (!response.IsSuccessStatusCode)
            {
                throw new ShowmapException($"{url}: the node answered with HTTP status {(int)response.StatusCode}; expected 200 and JSON-RPC");
            }

            using MemoryStream content = new();
            response.Content.ReadAsStream().CopyTo(content);
            return content.ToArray();
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new ShowmapException($"{url}: the node does not answer: {failure.Message}", failure);
        }
        catch (TaskCanceledException failure)
        {
            throw new ShowmapException($"{url}: the node did not answer within {timeout.TotalSeconds:0} s", failure);
        }
    }

    private static ArrayBufferWriter<byte> Write(ReadOnlySpan<JsonRpcRequest> requests)
    {
        ArrayBufferWriter<byte> body = new();
        using Utf8JsonWriter writer = new(body, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartArray();
        for (int id = 0; id < requests.Length; id++)
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writer.WriteNumber("id"u8, id);
            writer.WriteString("method"u8, requests[id].Method);
            writer.WriteStartArray("params"u8);
            requests[id].WriteParameters(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return body;
    }

    private JsonRpcAnswer[] Read(ReadOnlySpan<JsonRpcRequest> requests, byte[] body)
    {
        JsonRpcAnswer?[] answers = new JsonRpcAnswer?[requests.Length];
        try
        {
            Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = LargestDepth });
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                // A node refuses a whole batch with one answer.
                ReadAnswer(ref reader, body, requests, answers, single: true);
                throw new ShowmapException($"{url}: {answers[0]?.ErrorMessage ?? "the node answered a batch of questions with one answer"}");
            }

            while (reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                do
                {
                    ReadAnswer(ref reader, body, requests, answers, single: false);
                }
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new ShowmapException($"{url}: the node's answer is not JSON-RPC: {failure.Message}", failure);
        }

        int missing = Array.IndexOf(answers, null);
        return missing < 0 ? [.. answers.OfType<JsonRpcAnswer>()] : throw new ShowmapException($"{url}: the node did not answer {requests[missing].Method}");
    }

    private void ReadAnswer(ref Utf8JsonReader reader, byte[] body, ReadOnlySpan<JsonRpcRequest> requests, JsonRpcAnswer?[] answers, bool single)
    {
        int id = single ? 0 : -1;
        int? code = null;
        string? text = null;
        ReadOnlyMemory<byte> result = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? number : id;
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                result = body.AsMemory(start, (int)reader.BytesConsumed - start);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                using JsonDocument error = JsonDocument.ParseValue(ref reader);
                (code, text) = (-1, error.RootElement.GetRawText());
                if (error.RootElement is { ValueKind: JsonValueKind.Object } fields)
                {
                    code = fields.TryGetProperty("code"u8, out JsonElement value) && value.TryGetInt32(out int number) ? number : -1;
                    text = fields.TryGetProperty("message"u8, out JsonElement message) && message.ValueKind == JsonValueKind.String ? message.GetString() : text;
                }
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (id >= 0 && id < answers.Length && (code is not null || result.Length > 0))
        {
            answers[id] = new(requests[id].Method, url, result, code, text);
        }
    }
}
