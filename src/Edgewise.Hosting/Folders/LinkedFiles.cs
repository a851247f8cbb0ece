using System.Text;

namespace Edgewise.Hosting.Folders;

/// <summary>Which files of a run folder are links, and to what: so that in the end those go, and what the program made stays.</summary>
/// <remarks>Kept as a file too (pairs of path and source, each ended by a zero byte), for the case that this process does not live to tidy up.</remarks>
internal sealed class LinkedFiles
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    /// <summary>Notes a link.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="source">What it stands for.</param>
    public void Add(string path, string source) => _sources[path] = source;

    /// <summary>Writes the list.</summary>
    public void Save(Stream stream)
    {
        var text = new StringBuilder();
        foreach ((string path, string source) in _sources)
        {
            text.Append(path).Append('\0').Append(source).Append('\0');
        }

        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        stream.Flush();
    }

    /// <summary>Reads a list that another process saved; a half-written last pair is dropped.</summary>
    public static LinkedFiles Load(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string[] parts = reader.ReadToEnd().Split('\0');
        var files = new LinkedFiles();
        for (int i = 0; i + 2 < parts.Length; i += 2)
        {
            files.Add(parts[i], parts[i + 1]);
        }

        return files;
    }

    /// <summary>Removes every link below a folder, and folders that are empty then.</summary>
    /// <returns>The files that stayed: those that the program made, or put in place of a link.</returns>
    public IReadOnlyList<string> Remove(string folder)
    {
        var kept = new List<string>();
        RemoveBelow(new DirectoryInfo(folder), kept);
        kept.Sort(StringComparer.Ordinal);
        return kept;
    }

    private bool RemoveBelow(DirectoryInfo folder, List<string> kept)
    {
        int before = kept.Count;
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } below)
            {
                RemoveBelow(below, kept);
            }
            else if (IsLink(entry))
            {
                entry.Delete();
            }
            else
            {
                kept.Add(entry.FullName);
            }
        }

        if (kept.Count != before)
        {
            return false;
        }

        folder.Delete();
        return true;
    }

    /// <summary>A symbolic link is one as long as it is there; a hard link or copy as long as it agrees with its source.</summary>
    private bool IsLink(FileSystemInfo entry)
    {
        if (!_sources.TryGetValue(entry.FullName, out string? source))
        {
            return false;
        }

        if (entry.LinkTarget is not null || entry is not FileInfo file)
        {
            return true;
        }

        var original = new FileInfo(source);
        return !original.Exists || (original.Length == file.Length && original.LastWriteTimeUtc == file.LastWriteTimeUtc);
    }
}
