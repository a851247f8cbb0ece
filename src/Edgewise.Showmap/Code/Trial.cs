using System.Globalization;
using System.Text.Json;
using Edgewise.Showmap.Files;

namespace Edgewise.Showmap.Code;

/// <summary>A showmap file with what its manifest tells of the code.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Modules">The modules that were counted.</param>
public sealed record Trial(string Path, IReadOnlyList<ShowmapLine> Lines, IReadOnlyList<TrialModule> Modules)
{
    /// <summary>Reads a file and its manifest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="manifestPath">Its manifest; null for the one that stands where <c>edgewise showmap</c> writes it.</param>
    /// <exception cref="ShowmapException">One of them is not there, or not what it should be.</exception>
    public static Trial Read(string path, string? manifestPath)
    {
        IReadOnlyList<ShowmapLine> lines = ShowmapFile.Read(path);
        string manifest = manifestPath ?? CampaignFolder.ManifestOf(path) ?? throw new ShowmapException(
            $"{path}: no manifest found; it stands in CAMPAIGN.manifests beside the campaign's folder, or is named with --manifest");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(manifest));
            if (document.RootElement.GetProperty("version").GetInt32() != ReplayManifest.Version)
            {
                throw new ShowmapException($"{manifest}: version {document.RootElement.GetProperty("version")}; expected {ReplayManifest.Version}");
            }

            List<TrialModule> modules = [];
            ulong next = 0;
            foreach (JsonElement module in document.RootElement.GetProperty("modules").EnumerateArray())
            {
                modules.Add(ReadModule(module, next));
                next += modules[^1].Domain == PointDomain.Sancov ? (ulong)modules[^1].Points : 0;
            }

            return new Trial(path, lines, modules);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ShowmapException($"{manifest}: is no manifest of a replay: {failure.Message}", failure);
        }
    }

    /// <summary>The module of a line; null where the manifest does not know it.</summary>
    public TrialModule? ModuleOf(ShowmapLine line) => line.Domain == PointDomain.Sancov
        ? Modules.FirstOrDefault(module => module.Domain == line.Domain && line.Number >= module.FirstIndex && line.Number - module.FirstIndex < (ulong)module.Points)
        : Modules.FirstOrDefault(module => module.Domain == line.Domain && ShowmapLine.Short(module.Hash) == line.Hash);

    private static TrialModule ReadModule(JsonElement module, ulong firstIndex)
    {
        var pcs = new Dictionary<int, ulong>();
        if (module.TryGetProperty("pcs", out JsonElement told))
        {
            foreach (JsonProperty pc in told.EnumerateObject())
            {
                pcs[int.Parse(pc.Name, NumberStyles.None, CultureInfo.InvariantCulture)] = ulong.Parse((pc.Value.GetString() ?? "").AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            }
        }

        string Text(string name) => module.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null");
        return new TrialModule(Text("domain"), Text("name"), Text("path"), Text("hash"), module.GetProperty("points").GetInt32(), firstIndex, pcs);
    }
}
