using System.Text;

namespace Edgewise.Showmap.Replay.Workers;

/// <summary>What a worker process has to know. Its file is not JSON: a serialiser would take longer to start than the worker has to do.</summary>
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
    public void Write(string path)
    {
        using var writer = new BinaryWriter(File.Create(path), Encoding.UTF8);
        writer.Write(Settings.TargetPath);
        writer.Write(Settings.Method is not null);
        writer.Write(Settings.Method ?? "");
        writer.Write(Settings.Assemblies);
        writer.Write(Settings.Expected.Count);
        foreach (string name in Settings.Expected)
        {
            writer.Write(name);
        }

        writer.Write((int)Settings.Isolation);
        writer.Write(Settings.Workers);
        writer.Write(Settings.LargestEntry);
        writer.Write(Settings.UsesCache);
        foreach (string text in (string[])[PlanPath, DeadPath, BlockPath, IndexPath, CachePath, Fingerprint])
        {
            writer.Write(text);
        }

        writer.Write(Worker);
        writer.Write(First);
        writer.Write(ParentId);
    }

    /// <summary>Reads it from a file. The limits of time and memory are the parent's affair, and not in it.</summary>
    public static ReplayOrder Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        string target = reader.ReadString();
        bool hasMethod = reader.ReadBoolean();
        string method = reader.ReadString(), assemblies = reader.ReadString();
        string[] expected = new string[reader.ReadInt32()];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = reader.ReadString();
        }

        var settings = new ReplaySettings
        {
            TargetPath = target,
            Method = hasMethod ? method : null,
            Assemblies = assemblies,
            Expected = expected,
            Isolation = (Isolation)reader.ReadInt32(),
            Workers = reader.ReadInt32(),
            LargestEntry = reader.ReadInt32(),
            UsesCache = reader.ReadBoolean(),
        };
        return new ReplayOrder(
            settings, reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(),
            reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
    }
}
