using System.Text;
using Edgewise.Showmap.Platform;

namespace Edgewise.Showmap.Files;

/// <summary>
/// A folder of trials by approach and target, in the layout that <c>differential-coverage</c> reads: <c>FOLDER/APPROACH__ASSEMBLY__METHOD/TRIAL.txt</c>. What else is to be known of a
/// trial stands in a folder beside it, since that program takes nothing else there.
/// </summary>
public sealed class CampaignFolder
{
    private const string Extension = ".txt";
    private const string Separator = "__";
    private const int HashDigits = 8;

    private readonly string _folder;
    private readonly string _group;
    private readonly string _trial;
    private readonly HashSet<string> _made = [];

    // In the campaign's own folder nothing but trials may stand at any time.
    private readonly string _temporary;

    /// <summary>Names a trial.</summary>
    /// <param name="folder">The campaign's folder.</param>
    /// <param name="approach">The approach, one component of a path.</param>
    /// <param name="assembly">The target's assembly.</param>
    /// <param name="method">The target.</param>
    /// <param name="trial">The trial, one component of a path.</param>
    /// <exception cref="ShowmapException">A name is none.</exception>
    public CampaignFolder(string folder, string approach, string assembly, string method, string trial)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Check("approach", approach);
        Check("trial", trial);
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _group = string.Join(Separator, approach, Component(assembly), Component(method));
        _trial = trial;
        _temporary = Path.Combine(ManifestFolder(_folder), $"{Path.GetRandomFileName()}.tmp");
    }

    /// <summary>Folder of the approach and target.</summary>
    public string GroupPath => Path.Combine(_folder, _group);

    /// <summary>The file of all entries together.</summary>
    public string TrialPath => Path.Combine(GroupPath, _trial + Extension);

    /// <summary>What else is known of the trial.</summary>
    public string ManifestPath => Path.Combine(ManifestFolder(_folder), _group, _trial + ".json");

    /// <summary>Where the manifest of a showmap file is; null for a file that is in no such folder.</summary>
    public static string? ManifestOf(string file)
    {
        string full = Path.GetFullPath(file);
        string? group = Path.GetDirectoryName(full), folder = Path.GetDirectoryName(group);
        if (folder is null)
        {
            return null;
        }

        string name = Path.GetFileNameWithoutExtension(full);
        string root = Path.Combine(ManifestFolder(folder), Path.GetFileName(group)!);
        // A file of one entry has the name of the trial, two underscores and the name of the entry.
        for (int end = name.Length; end > 0; end = name.LastIndexOf(Separator, end - 1, StringComparison.Ordinal))
        {
            if (Path.Combine(root, name[..end] + ".json") is var manifest && File.Exists(manifest))
            {
                return manifest;
            }
        }

        return null;
    }

    /// <summary>Names of the files of single entries, which differ as the entries' names do.</summary>
    /// <param name="entries">Names of the entries.</param>
    public string[] EntryPaths(IReadOnlyList<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        string[] names = [.. entries.Select(Component)];
        var twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select((name, i) => Path.Combine(GroupPath, $"{_trial}{Separator}{name}{(twice.Contains(name) ? "~" + HashOf(entries[i]) : "")}{Extension}"))];
    }

    /// <summary>Files that a new trial would replace.</summary>
    /// <param name="perEntry">True for a trial with a file an entry.</param>
    public IEnumerable<string> Existing(bool perEntry) =>
        !Directory.Exists(GroupPath) ? []
        : perEntry ? Directory.EnumerateFiles(GroupPath, $"{_trial}{Separator}*{Extension}").Order(StringComparer.Ordinal)
        : File.Exists(TrialPath) ? [TrialPath] : [];

    /// <summary>Writes a file as a whole, under another name first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content, which is not empty.</param>
    /// <param name="replaces">True to replace one that is there.</param>
    /// <exception cref="ShowmapException">It is there, or cannot be written.</exception>
    public void Write(string path, ReadOnlySpan<byte> content, bool replaces)
    {
        ArgumentNullException.ThrowIfNull(path);
        string temporary = _temporary;
        try
        {
            if (_made.Add(Path.GetDirectoryName(path)!))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Directory.CreateDirectory(ManifestFolder(_folder));
            }

            if (!PlainFile.TryWrite(path, temporary, content, replaces))
            {
                File.WriteAllBytes(temporary, content);
                File.Move(temporary, path, replaces);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new ShowmapException(
                File.Exists(path) && !replaces ? $"{path}: is there; choose another --trial, or --force to replace it" : $"{path}: cannot be written: {failure.Message}", failure);
        }
    }

    private static string ManifestFolder(string folder) => folder + ".manifests";

    private static void Check(string what, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\') >= 0 || name.Any(char.IsControl) || Path.IsPathRooted(name))
        {
            throw new ShowmapException($"--{what} \"{string.Concat(name.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))}\": expected one component of a path, without separators");
        }
    }

    // A part of a name that any file system takes.
    private static string Component(string text)
    {
        var component = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            component.Append(char.IsControl(c) || "/\\:*?\"<>|() ".Contains(c, StringComparison.Ordinal) ? '_' : c);
        }

        return component.ToString();
    }

    private static string HashOf(string name) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits];
}
