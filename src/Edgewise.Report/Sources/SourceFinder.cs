using System.Security.Cryptography;
using Edgewise.Report.Model;
using Edgewise.Symbols;

namespace Edgewise.Report.Sources;

/// <summary>Finds source files: in the PDB, in folders that the user named, and where the debug information of a binary says.</summary>
/// <remarks>
/// In a folder the longest end of the path that is there wins: of <c>/build/app/src/main.c</c> first <c>build/app/src/main.c</c>, last <c>main.c</c>. No path leaves the folder.
/// A path that only a <c>.symcov</c> tells is never opened as it is: a file from a stranger must not choose what of this machine goes into a report.
/// </remarks>
/// <param name="folders">Folders that the user named.</param>
public sealed class SourceFinder(IReadOnlyList<string> folders)
{
    private const long LargestFile = 256 * 1024 * 1024;

    private readonly string[] _folders = [.. folders.Select(System.IO.Path.GetFullPath)];

    /// <summary>Looks for the source of a file.</summary>
    public FoundSource Find(ReportFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        List<string> notes = [], lookedFor = [];
        string? url = file.Document?.Url;
        if (file.Document?.EmbeddedText is { } embedded)
        {
            notes.Add("from the PDB, which holds it");
            return new FoundSource(null, Decode(embedded, notes), notes, lookedFor, url);
        }

        foreach (string path in file.HasSource ? Candidates(file) : [])
        {
            lookedFor.Add(path);
            if (Read(path, notes) is { } content)
            {
                Check(file, path, content, notes);
                return new FoundSource(path, Decode(content, notes), notes, lookedFor, url);
            }
        }

        return new FoundSource(null, null, notes, lookedFor, url);
    }

    private IEnumerable<string> Candidates(ReportFile file)
    {
        string[] parts = [.. file.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part is not ("." or "..") && !part.EndsWith(':') && !part.Contains('\0'))];
        foreach (string folder in _folders)
        {
            for (int first = 0; first < parts.Length; first++)
            {
                yield return System.IO.Path.Combine([folder, .. parts[first..]]);
            }
        }

        if (file.IsPathTrusted && !file.Path.Contains('\0'))
        {
            yield return file.Path;
        }
    }

    private static byte[]? Read(string path, List<string> notes)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists || file.Attributes.HasFlag(FileAttributes.Device))
            {
                return null;
            }

            if (file.Length > LargestFile)
            {
                notes.Add($"{path} has {file.Length} bytes, and is not shown");
                return null;
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            notes.Add($"{path} cannot be read: {e.Message}");
            return null;
        }
    }

    private static void Check(ReportFile file, string path, byte[] content, List<string> notes)
    {
        if (file.Document is { Hash.Length: > 0 } document && HashOf(document, content) is { } hash)
        {
            if (!hash.AsSpan().SequenceEqual(document.Hash))
            {
                notes.Add("differs from the file that was compiled: lines may be shifted");
            }
        }
        else if (file.BuiltAt is { } built && File.GetLastWriteTimeUtc(path) > built)
        {
            notes.Add("newer than the binary: lines may be shifted");
        }
    }

    private static byte[]? HashOf(SourceDocument document, byte[] content) => document.HashAlgorithm switch
    {
        "SHA256" => SHA256.HashData(content),
#pragma warning disable CA5350 // Older compilers write SHA-1; it tells versions of a file apart, and keeps nothing safe.
        "SHA1" => SHA1.HashData(content),
#pragma warning restore CA5350
        _ => null,
    };

    private static SourceText Decode(byte[] content, List<string> notes)
    {
        SourceText text = SourceText.Decode(content, out string? note);
        if (note is not null)
        {
            notes.Add(note);
        }

        return text;
    }
}
