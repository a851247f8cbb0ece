using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Edgewise.IntegrationTests.Showmap;

/// <summary>An anvil of its own: the program that <c>EDGEWISE_ANVIL</c> names, or of the PATH, or of a cache folder, into which npm installs it once. Without any the test is skipped.</summary>
internal sealed class AnvilNode : IDisposable
{
    private const string Package = "@foundry-rs/anvil", Version = "1.7.1";
    private static readonly Lazy<string?> Program = new(Find);
    private readonly Process _process;
    private readonly HttpClient _client = new();

    public AnvilNode(params string[] arguments)
    {
        Assert.SkipWhen(Program.Value is null, $"anvil is not on PATH, EDGEWISE_ANVIL does not name it, and npm cannot install {Package}");
        ProcessStartInfo start = new(Program.Value, ["--port", "0", "--host", "127.0.0.1", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        Uri? url = null;
        while (url is null)
        {
            string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("anvil ended before it listened");
            url = line.StartsWith("Listening on ", StringComparison.Ordinal) ? new("http://" + line["Listening on ".Length..].Trim()) : null;
        }

        Url = url;
        // It tells of every request, and would wait for a reader.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    public Uri Url { get; }

    /// <summary>Asks the node, without any code of the product.</summary>
    public JsonElement Ask(string method, params object[] parameters)
    {
        string body = JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        using HttpRequestMessage message = new(HttpMethod.Post, Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = _client.Send(message);
        using JsonDocument answer = JsonDocument.Parse(response.Content.ReadAsStream());
        return answer.RootElement.TryGetProperty("result", out JsonElement result) ? result.Clone() : throw new InvalidOperationException($"{method}: {answer.RootElement}");
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _client.Dispose();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("EDGEWISE_ANVIL") is { Length: > 0 } named)
        {
            return named;
        }

        string name = OperatingSystem.IsWindows() ? "anvil.exe" : "anvil";
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is not null)
        {
            return found;
        }

        string cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "edgewise", $"anvil-{Version}");
        return Installed(cache, name) ?? (Install(cache) ? Installed(cache, name) : null);
    }

    // The program is in a package for the system: @foundry-rs/anvil-linux-amd64/bin/anvil.
    private static string? Installed(string cache, string name) =>
        Path.Combine(cache, "node_modules", "@foundry-rs") is var scope && Directory.Exists(scope)
            ? Directory.EnumerateDirectories(scope, "anvil-*").Select(package => Path.Combine(package, "bin", name)).FirstOrDefault(File.Exists) : null;

    private static bool Install(string cache)
    {
        Directory.CreateDirectory(cache);
        try
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-save", "--ignore-scripts", "--prefix", cache, $"{Package}@{Version}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            npm.ErrorDataReceived += static (_, _) => { };
            npm.BeginErrorReadLine();
            npm.StandardOutput.ReadToEnd();
            return npm.WaitForExit(TimeSpan.FromMinutes(5)) && npm.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
