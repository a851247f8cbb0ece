using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace Edgewise.Bench.Reports;

/// <summary>A page in a Chromium of its own, with an empty cache; it is asked over the protocol of its developer tools.</summary>
internal sealed class ChromiumPage : IDisposable
{
    /// <summary>The browser.</summary>
    public const string Program = "/usr/bin/chromium";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _profile = Directory.CreateTempSubdirectory("edgewise-chromium-").FullName;
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _patience = new(Patience);
    private int _messages;

    /// <summary>Starts the browser with an empty page.</summary>
    public ChromiumPage()
    {
        _process = Process.Start(new ProcessStartInfo(Program, [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--remote-debugging-port=0", "--remote-allow-origins=*", $"--user-data-dir={_profile}", "--window-size=1280,800", "about:blank",
        ])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        string file = Path.Combine(_profile, "DevToolsActivePort");
        while (!File.Exists(file) || File.ReadAllLines(file).Length < 2)
        {
            _patience.Token.ThrowIfCancellationRequested();
            Thread.Sleep(20);
        }

        using HttpClient client = new();
        using JsonDocument pages = JsonDocument.Parse(client.GetStringAsync(new Uri($"http://127.0.0.1:{File.ReadAllLines(file)[0]}/json/list")).Result);
        string address = pages.RootElement.EnumerateArray().First(page => page.GetProperty("type").GetString() == "page").GetProperty("webSocketDebuggerUrl").GetString()!;
        _socket.ConnectAsync(new Uri(address), _patience.Token).Wait();
    }

    /// <summary>Goes to an address, and waits until an expression is true there.</summary>
    public void Open(string address, string condition)
    {
        Ask("Page.navigate", new { url = address });
        while (!Evaluate($"!!({condition})").GetBoolean())
        {
            Thread.Sleep(20);
        }
    }

    /// <summary>The value of an expression, or of the promise that it is.</summary>
    public JsonElement Evaluate(string expression)
    {
        JsonElement result = Ask("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        return result.TryGetProperty("exceptionDetails", out JsonElement failure)
            ? throw new InvalidDataException($"{expression}: {failure}")
            : result.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default;
    }

    /// <summary>Ends the browser.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _patience.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private JsonElement Ask(string method, object parameters)
    {
        int id = ++_messages;
        _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["id"] = id, ["method"] = method, ["params"] = parameters }), WebSocketMessageType.Text, true, _patience.Token).Wait();
        while (true)
        {
            using JsonDocument answer = JsonDocument.Parse(Receive());
            if (answer.RootElement.TryGetProperty("id", out JsonElement number) && number.GetInt32() == id)
            {
                return answer.RootElement.TryGetProperty("result", out JsonElement result)
                    ? result.Clone()
                    : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{method}: {answer.RootElement}"));
            }
        }
    }

    private byte[] Receive()
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = _socket.ReceiveAsync(new ArraySegment<byte>(buffer), _patience.Token).Result;
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return message.ToArray();
    }
}
