using System.Text.Json;

namespace Edgewise.Showmap.Replay.Workers;

/// <summary>What a worker process has to know.</summary>
/// <param name="Settings">What is replayed and how.</param>
/// <param name="PlanPath">The entries.</param>
/// <param name="DeadPath">Numbers of entries that ended a process, a line each; they are left out.</param>
/// <param name="BlockPath">Memory that is shared with the parent.</param>
/// <param name="IndexPath">Where the worker tells the contents of entries.</param>
/// <param name="CachePath">Folder of all that was replayed before.</param>
/// <param name="Fingerprint">What tells corpora.</param>
/// <param name="Worker">Number of the worker, from 0 on.</param>
/// <param name="First">The first entry that is not done.</param>
/// <param name="ParentId">The parent's process.</param>
internal sealed record ReplayOrder(
    ReplaySettings Settings, string PlanPath, string DeadPath, string BlockPath, string IndexPath, string CachePath, string Fingerprint, int Worker, int First, int ParentId)
{
    /// <summary>The environment variable that names the file with the order.</summary>
    public const string Variable = "EDGEWISE_SHOWMAP_WORKER";

    /// <summary>Writes it to a file.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this));

    /// <summary>Reads it from a file.</summary>
    public static ReplayOrder Read(string path) => JsonSerializer.Deserialize<ReplayOrder>(File.ReadAllText(path))!;
}
