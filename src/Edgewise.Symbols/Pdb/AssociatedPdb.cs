using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Edgewise.Symbols.Pdb;

/// <summary>Finds the portable PDB of a module: beside it, or embedded.</summary>
internal static class AssociatedPdb
{
    /// <summary>Opens the PDB.</summary>
    /// <param name="image">The module.</param>
    /// <param name="path">Its path; the PDB beside it is looked for there.</param>
    /// <param name="warnings">Takes the reason why a PDB that is there was not used.</param>
    /// <returns>Null where there is none that fits.</returns>
    public static MetadataReaderProvider? Open(PEReader image, string path, List<string> warnings)
    {
        try
        {
            if (image.TryOpenAssociatedPortablePdb(path, OpenStream, out MetadataReaderProvider? provider, out _))
            {
                // Reading the header now shows damage here, where it is only a warning.
                provider!.GetMetadataReader();
                return provider;
            }
        }
        catch (Exception e) when (Damage.Is(e) || e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            warnings.Add($"{PathBeside(path)}: the PDB cannot be read, so lines are left out: {e.Message}");
            return null;
        }

        string beside = PathBeside(path);
        if (File.Exists(beside))
        {
            warnings.Add(IsWindowsPdb(beside)
                ? $"{beside}: this is a Windows PDB, so lines are left out; build with <DebugType>portable</DebugType>"
                : $"{beside}: this PDB is of another build of {Path.GetFileName(path)}, so lines are left out");
        }

        return null;
    }

    private static string PathBeside(string path) => Path.ChangeExtension(path, ".pdb");

    // Read whole, so that the file is free to be replaced while its lines are in use.
    private static MemoryStream? OpenStream(string path) => File.Exists(path) ? new MemoryStream(File.ReadAllBytes(path)) : null;

    private static bool IsWindowsPdb(string path)
    {
        Span<byte> start = stackalloc byte[24];
        try
        {
            using FileStream file = File.OpenRead(path);
            return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].SequenceEqual("Microsoft C/C++ MSF 7.00"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
