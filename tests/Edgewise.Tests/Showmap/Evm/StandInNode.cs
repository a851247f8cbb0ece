using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Edgewise.Tests.Showmap.Evm;

/// <summary>Answers JSON-RPC as an empty chain does, or as a test says: a node without anvil.</summary>
internal sealed class StandInNode : IDisposable
{
    private const string Word = "0x0000000000000000000000000000000000000000000000000000000000";
    private readonly HttpListener _listener = new();
    private readonly Thread _thread;

    public StandInNode()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _thread = new(Serve) { IsBackground = true };
        _thread.Start();
    }

    public Uri Url { get; }

    /// <summary>Answers a method instead of the empty chain: the result, or null for the chain's. An object with a field <c>error</c> is an error.</summary>
    public Func<string, JsonArray, JsonNode?>? Answer { get; set; }

    /// <summary>Answers a whole request: status and body; null for the usual.</summary>
    public Func<(int Status, string Body)?>? Whole { get; set; }

    /// <summary>An error, to be returned from <see cref="Answer"/>.</summary>
    public static JsonNode Error(int code, string message) => new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };

    public void Dispose()
    {
        _listener.Close();
        _thread.Join();
    }

    private void Serve()
    {
        while (true)
        {
            try
            {
                HttpListenerContext context = _listener.GetContext();
                using StreamReader reader = new(context.Request.InputStream);
                string asked = reader.ReadToEnd();
                (int status, string body) = Whole?.Invoke() ?? (200, Reply(asked));
                context.Response.StatusCode = status;
                using StreamWriter writer = new(context.Response.OutputStream);
                writer.Write(body);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private string Reply(string asked)
    {
        JsonArray answers = [];
        foreach (JsonNode? request in JsonNode.Parse(asked)!.AsArray())
        {
            string method = request!["method"]!.GetValue<string>();
            JsonArray parameters = request["params"]!.AsArray();
            JsonNode? result = Answer?.Invoke(method, parameters) ?? Usual(method, parameters);
            JsonObject answer = new() { ["jsonrpc"] = "2.0", ["id"] = request["id"]!.DeepClone() };
            (string field, JsonNode? value) = result is JsonObject { Count: 1 } failure && failure["error"] is { } error ? ("error", error.DeepClone()) : ("result", result);
            answer[field] = value;
            answers.Insert(0, answer);
        }

        return answers.ToJsonString();
    }

    private static JsonNode Usual(string method, JsonArray parameters) => method switch
    {
        "web3_clientVersion" => "stand-in/v1",
        "eth_chainId" => "0x7a69",
        "eth_getBlockByNumber" => new JsonObject { ["number"] = "0x0", ["hash"] = "0x" + new string('7', 64) },
        "eth_getBalance" or "eth_getTransactionCount" => "0x0",
        "eth_getCode" => "0x",
        "eth_getStorageAt" => "0x0",
        "debug_traceCall" => new JsonObject
        {
            ["failed"] = false,
            ["gas"] = 1,
            ["structLogs"] = new JsonArray(),
            ["returnValue"] = parameters[2]!["blockOverrides"]!["number"]!.GetValue<string>() == "0xc0ffee" ? Word + "c0ffee" : "0x",
        },
        _ => Error(-32601, $"the method {method} does not exist"),
    };
}
