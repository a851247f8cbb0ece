using System.Text.Json;
using Edgewise.Showmap.Replay;

namespace Edgewise.Showmap.Files;

/// <summary>All that is known of a trial beside its counts: what was replayed through which build with which options, and what became of each entry.</summary>
public static class ReplayManifest
{
    /// <summary>Version of the form.</summary>
    public const int Version = 1;

    /// <summary>Writes one.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="tool">Version of this program.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="settings">The target, and how it was replayed.</param>
    /// <param name="options">What the files say of counts: name and value.</param>
    /// <param name="result">What the replay found.</param>
    public static void Write(Utf8JsonWriter json, string tool, string corpus, ReplaySettings settings, IReadOnlyDictionary<string, string> options, ReplayResult result)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(result);
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("tool", tool);
        json.WriteString("corpus", Path.GetFullPath(corpus));
        json.WriteString("target", settings.TargetPath);
        json.WriteString("method", settings.Method);
        json.WriteString("assemblies", settings.Assemblies);
        json.WriteString("isolation", settings.Isolation.ToString());
        json.WriteStartObject("options");
        foreach ((string name, string value) in options)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        WriteModules(json, result);
        WriteEntries(json, result);
        json.WriteEndObject();
    }

    private static void WriteModules(Utf8JsonWriter json, ReplayResult result)
    {
        json.WriteStartArray("modules");
        for (int i = 0; i < result.Modules.Count; i++)
        {
            ReplayModule module = result.Modules[i];
            json.WriteStartObject();
            json.WriteString("domain", module.Domain);
            json.WriteString("name", module.Name);
            json.WriteString("path", module.Path);
            json.WriteString("hash", module.Hash);
            json.WriteNumber("points", module.Points);
            if (module.Domain == PointDomain.Sancov)
            {
                WritePcs(json, result.Pcs[i]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // What a file calls by its index.
    private static void WritePcs(Utf8JsonWriter json, ulong[] pcs)
    {
        json.WriteStartObject("pcs");
        for (int slot = 0; slot < pcs.Length; slot++)
        {
            if (pcs[slot] != 0)
            {
                json.WriteString(slot.ToString(System.Globalization.CultureInfo.InvariantCulture), $"0x{pcs[slot]:x}");
            }
        }

        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, ReplayResult result)
    {
        json.WriteStartArray("entries");
        foreach (ReplayedEntry entry in result.Entries)
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Entry.Name);
            json.WriteString("sha256", entry.Content);
            json.WriteString("fate", entry.Outcome.Fate.ToString());
            if (entry.Outcome.Reason.Length > 0)
            {
                json.WriteString("reason", entry.Outcome.Reason);
            }

            json.WriteNumber("calls", entry.Outcome.Calls);
            json.WriteNumber("rejected", entry.Outcome.Rejected);
            json.WriteNumber("answered", entry.Outcome.Answered);
            json.WriteNumber("saturated", entry.Saturated);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
