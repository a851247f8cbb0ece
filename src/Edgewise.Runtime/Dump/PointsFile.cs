using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Dump;

/// <summary>Point sets as files beside <c>.sancov</c> files.</summary>
/// <remarks>
/// Many processes leave the same set: it is written once. Another set of the same original (another level, say) stands beside it under a name
/// of its own, for the <c>.sancov</c> files of the first still need theirs.
/// </remarks>
internal static class PointsFile
{
    /// <summary>Writes a set where it is not there yet, and returns the name of its file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static string Write(string directory, string moduleName, string identityText, ReadOnlySpan<byte> set)
    {
        string name = FileNames.Points(moduleName, identityText);
        if (File.Exists(Path.Combine(directory, name)) && !Holds(Path.Combine(directory, name), set))
        {
            name = FileNames.Points(moduleName, $"{identityText}-{PointSetCodec.ChecksumText(set)}");
        }

        if (!Holds(Path.Combine(directory, name), set))
        {
            AtomicFile.Write(Path.Combine(directory, name), set);
        }

        return name;
    }

    /// <summary>Reads a set; null where there is none of that name, or the name is not that of a file in a folder.</summary>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PointSet? Read(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        return FileNames.IsPlain(name) && File.Exists(path) ? PointSetCodec.Read(File.ReadAllBytes(path), path) : null;
    }

    private static bool Holds(string path, ReadOnlySpan<byte> content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == content.Length && content.SequenceEqual(File.ReadAllBytes(path));
    }
}
