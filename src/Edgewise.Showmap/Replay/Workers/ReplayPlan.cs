using System.Security.Cryptography;
using System.Text;
using Edgewise.Showmap.Corpora;

namespace Edgewise.Showmap.Replay.Workers;

/// <summary>The entries in order, as a file for workers.</summary>
internal static class ReplayPlan
{
    /// <summary>Entries that a worker takes at a time: each runs once, then all once more in the opposite order.</summary>
    public const int ChunkSize = 256;

    /// <summary>The first entry of the chunk behind the one that an entry is in.</summary>
    public static int NextChunk(int entry) => (entry / ChunkSize * ChunkSize) + ChunkSize;

    /// <summary>Writes it.</summary>
    public static void Write(string path, IReadOnlyList<ReplayEntry> entries)
    {
        using var writer = new BinaryWriter(File.Create(path), Encoding.UTF8);
        writer.Write(entries.Count);
        foreach (ReplayEntry entry in entries)
        {
            writer.Write(entry.Name);
            writer.Write(entry.Path);
            writer.Write((byte)entry.Kind);
        }
    }

    /// <summary>Reads it.</summary>
    public static ReplayEntry[] Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        var entries = new ReplayEntry[reader.ReadInt32()];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new ReplayEntry(reader.ReadString(), reader.ReadString(), (EntryKind)reader.ReadByte());
        }

        return entries;
    }

    /// <summary>What tells corpora: their entries' names.</summary>
    public static string Fingerprint(IReadOnlyList<ReplayEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReplayEntry entry in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(entry.Name + "\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
