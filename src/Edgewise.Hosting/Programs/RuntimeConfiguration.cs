using System.Text.Json;

namespace Edgewise.Hosting.Programs;

/// <summary>What <c>APP.runtimeconfig.json</c> asks of the host.</summary>
/// <param name="Frameworks">Shared frameworks that the program runs on.</param>
/// <param name="IsSelfContained">True where the frameworks were published beside the program.</param>
/// <param name="AllowsStartupHooks">False where the program was trimmed so that the runtime runs no startup hook.</param>
/// <param name="HasProbingPaths">True where assemblies are also looked for outside the program's folder.</param>
public sealed record RuntimeConfiguration(
    IReadOnlyList<FrameworkReference> Frameworks, bool IsSelfContained, bool AllowsStartupHooks, bool HasProbingPaths)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the file.</summary>
    /// <exception cref="HostingException">It is missing or is not what it should be.</exception>
    public static RuntimeConfiguration Read(string path)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostingException(
                e is FileNotFoundException
                    ? $"{path}: is missing; the build of a program (OutputType Exe) makes it, that of a library does not"
                    : $"{path}: cannot be read: {e.Message}", e);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json.AsMemory(StartOfText(json)), Lenient);
            return Read(document.RootElement.GetProperty("runtimeOptions"), path);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HostingException($"{path}: is not a runtimeconfig.json: {e.Message}", e);
        }
    }

    private static RuntimeConfiguration Read(JsonElement options, string path)
    {
        string? rollForward = Text(options, "rollForward");
        var frameworks = new List<FrameworkReference>();
        if (options.TryGetProperty("framework", out JsonElement framework))
        {
            frameworks.Add(ReadFramework(framework, rollForward));
        }

        if (options.TryGetProperty("frameworks", out JsonElement list))
        {
            foreach (JsonElement element in list.EnumerateArray())
            {
                frameworks.Add(ReadFramework(element, rollForward));
            }
        }

        bool hooks = !(options.TryGetProperty("configProperties", out JsonElement properties)
            && properties.TryGetProperty("System.StartupHookProvider.IsSupported", out JsonElement supported)
            && supported.ToString().Equals("false", StringComparison.OrdinalIgnoreCase));
        bool probing = options.TryGetProperty("additionalProbingPaths", out _) || File.Exists(Path.ChangeExtension(path, ".dev.json"));
        return new RuntimeConfiguration(frameworks, options.TryGetProperty("includedFrameworks", out _), hooks, probing);
    }

    private static FrameworkReference ReadFramework(JsonElement element, string? rollForward) =>
        new(element.GetProperty("name").GetString()!, Text(element, "version") ?? "0.0.0", Text(element, "rollForward") ?? rollForward);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int StartOfText(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? 3 : 0;
}
