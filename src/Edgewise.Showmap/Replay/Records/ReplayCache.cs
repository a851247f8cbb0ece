using System.Security.Cryptography;
using System.Text;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>Files of records of all that was replayed with one target and the same options, by earlier runs and by this one.</summary>
/// <remarks>
/// What an entry hits may depend on what ran before it. Where the two runs of an entry differed, all that the process found is good for the same corpus only.
/// </remarks>
internal static class ReplayCache
{
    private const string Pattern = "*.records";
    private const string FolderName = "showmap";

    private static readonly TimeSpan UnusedAfter = TimeSpan.FromDays(30);

    /// <summary>Where all of them are, in the folder of instrumented images.</summary>
    public static string FolderIn(string cache) => Path.Combine(cache, FolderName);

    /// <summary>Name of the folder of a target and options.</summary>
    public static string KeyOf(IEnumerable<ReplayModule> modules, ReplaySettings settings, string target)
    {
        var text = new StringBuilder("1\n").Append(target).Append('\n').Append(settings.Isolation).Append('\n').AppendJoin(',', settings.Expected.Order(StringComparer.Ordinal)).Append('\n');
        foreach (ReplayModule module in modules)
        {
            text.Append(module.Domain).Append(' ').Append(module.Name).Append(' ').Append(module.Hash).Append(' ').Append(module.Points).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The files of a folder that are good for a corpus, those of the session included, in order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fingerprint">The corpus.</param>
    /// <param name="session">What names of this run's files begin with.</param>
    /// <param name="usesOthers">False to leave out what other runs found.</param>
    public static List<string> Files(string folder, string fingerprint, string session, bool usesOthers) =>
        !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder, Pattern).Where(file => Path.GetFileName(file).StartsWith(session, StringComparison.Ordinal) || (usesOthers && IsGood(file, fingerprint)))
            .Order(StringComparer.Ordinal)];

    /// <summary>Removes what nobody used for a month.</summary>
    public static void RemoveOld(string root)
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (string folder in Directory.EnumerateDirectories(root).Where(folder => DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > UnusedAfter).ToList())
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Another run removes it.
            }
        }
    }

    private static bool IsGood(string file, string fingerprint)
    {
        bool isSame = false, isStable = true;
        new RecordReader { Session = corpus => isSame = corpus == fingerprint, Entry = (_, counts) => isStable &= counts.Before.Length == 0 }.Read(file);
        return isSame || isStable;
    }
}
