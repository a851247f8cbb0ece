using System.Text.Json;

namespace Edgewise.Hosting.Programs;

/// <summary>What <c>APP.deps.json</c> says about where each assembly of a program comes from.</summary>
/// <param name="Libraries">Every library with at least one assembly, in the file's order.</param>
public sealed record DependencyManifest(IReadOnlyList<ProgramLibrary> Libraries)
{
    /// <summary>Of a program without the file: nothing is known.</summary>
    public static DependencyManifest Empty { get; } = new([]);

    /// <summary>Reads the file; a missing one is <see cref="Empty"/>, as the host then takes every .dll beside the program.</summary>
    /// <exception cref="HostingException">It is there and is not what it should be.</exception>
    public static DependencyManifest Read(string path)
    {
        if (!File.Exists(path))
        {
            return Empty;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{path}: cannot be read as a deps.json: {e.Message}", e);
        }
    }

    private static DependencyManifest Read(JsonElement root)
    {
        var libraries = new List<ProgramLibrary>();
        JsonElement types = root.GetProperty("libraries");
        string targetName = root.GetProperty("runtimeTarget").GetProperty("name").GetString()!;
        foreach (JsonProperty library in root.GetProperty("targets").GetProperty(targetName).EnumerateObject())
        {
            List<string> assemblies = ReadAssemblies(library.Value);
            if (assemblies.Count != 0)
            {
                string type = types.TryGetProperty(library.Name, out JsonElement entry) ? entry.GetProperty("type").GetString()! : "reference";
                libraries.Add(new ProgramLibrary(library.Name.Split('/')[0], type, assemblies));
            }
        }

        return new DependencyManifest(libraries);
    }

    private static List<string> ReadAssemblies(JsonElement library)
    {
        var names = new List<string>();
        foreach (string group in (string[])["runtime", "runtimeTargets"])
        {
            if (!library.TryGetProperty(group, out JsonElement assets))
            {
                continue;
            }

            foreach (JsonProperty asset in assets.EnumerateObject())
            {
                bool isAssembly = group == "runtime"
                    || (asset.Value.TryGetProperty("assetType", out JsonElement kind) && kind.GetString() == "runtime");
                string name = Path.GetFileNameWithoutExtension(asset.Name);
                if (isAssembly && !names.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }
}
