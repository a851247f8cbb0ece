using Edgewise.Hosting.Programs;

namespace Edgewise.Hosting.Images;

/// <summary>A module to be instrumented, with the PDB that stands beside it.</summary>
/// <param name="Path">Path of the image, as it was given.</param>
/// <param name="Image">Its bytes.</param>
/// <param name="PdbPath">Where its PDB stands or would stand: the same name with <c>.pdb</c>.</param>
/// <param name="Pdb">The PDB's bytes, or null where there is none.</param>
public sealed record ModuleInput(string Path, byte[] Image, string PdbPath, byte[]? Pdb)
{
    /// <summary>Reads both.</summary>
    /// <exception cref="HostingException">The image is missing, unreadable or not managed, or the PDB is there and cannot be read.</exception>
    public static ModuleInput Read(string path)
    {
        byte[] image = ModuleFile.Read(path);
        string pdbPath = System.IO.Path.ChangeExtension(path, ".pdb");
        try
        {
            return new ModuleInput(path, image, pdbPath, File.Exists(pdbPath) ? File.ReadAllBytes(pdbPath) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{pdbPath}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Where the assemblies are that a module refers to: its own folder, then the framework that this program runs on.</summary>
    public static IReadOnlyList<string> ReferenceFolders(string path) =>
        [System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!];
}
