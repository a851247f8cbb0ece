using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Edgewise.Runtime.Symbols;

/// <summary>A portable PDB of a module: that of its original image, or that of the instrumented one, in which offsets were moved.</summary>
internal sealed class PortablePdb : IDisposable
{
    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _metadata;

    private PortablePdb(MetadataReaderProvider provider, bool isMoved)
    {
        _provider = provider;
        _metadata = provider.GetMetadataReader();
        IsMoved = isMoved;
    }

    /// <summary>True for the PDB of the instrumented image.</summary>
    public bool IsMoved { get; }

    /// <summary>
    /// Finds the best PDB there is: beside the original image, else where the original was built, else that of the instrumented image. All of them
    /// carry one id.
    /// </summary>
    /// <param name="image">The instrumented image.</param>
    /// <param name="path">Where that is.</param>
    /// <param name="originalPath">Where the original is, or empty.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="BadImageFormatException">A file is damaged.</exception>
    public static PortablePdb? Find(PEReader image, string path, string originalPath)
    {
        DebugDirectoryEntry[] entries = [.. image.ReadDebugDirectory()];
        DebugDirectoryEntry codeView = Array.Find(entries, static entry => entry is { Type: DebugDirectoryEntryType.CodeView, IsPortableCodeView: true });
        if (codeView.DataSize == 0)
        {
            return null;
        }

        CodeViewDebugDirectoryData id = image.ReadCodeViewDebugDirectoryData(codeView);
        string beside = Path.ChangeExtension(path, ".pdb");
        if (originalPath.Length != 0 && Path.GetFullPath(originalPath) != Path.GetFullPath(path))
        {
            if (TryOpen(Path.ChangeExtension(originalPath, ".pdb"), id, isMoved: false) is { } original)
            {
                return original;
            }
        }

        if (Path.IsPathFullyQualified(id.Path) && Path.GetFullPath(id.Path) != Path.GetFullPath(beside) && !IsCopy(id.Path, beside)
            && TryOpen(id.Path, id, isMoved: false) is { } built)
        {
            return built;
        }

        DebugDirectoryEntry embedded = Array.Find(entries, static entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        return TryOpen(beside, id, isMoved: true)
            ?? (embedded.DataSize == 0 ? null : new PortablePdb(image.ReadEmbeddedPortablePdbDebugDirectoryData(embedded), isMoved: true));
    }

    public void Dispose() => _provider.Dispose();

    /// <summary>The last sequence point at or before an offset of a method, as its compiler counts; an empty file where there is none.</summary>
    public (string File, int Line, int Column) PositionOf(int row, int offset)
    {
        if (row > _metadata.MethodDebugInformation.Count)
        {
            return ("", 0, 0);
        }

        MethodDebugInformation method = _metadata.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(row));
        SequencePoint? best = null;
        foreach (SequencePoint point in method.GetSequencePoints())
        {
            // Hidden code belongs to what stands before it; before the first line, to that.
            if (!point.IsHidden && (best is null || point.Offset <= offset))
            {
                best = point;
            }
        }

        return best is { } found
            ? (_metadata.GetString(_metadata.GetDocument(found.Document).Name), found.StartLine, found.StartColumn)
            : ("", 0, 0);
    }

    // An instrumented image may have been put where the original was built, with its PDB.
    private static bool IsCopy(string path, string beside) =>
        File.Exists(path) && File.Exists(beside) && File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(beside));

    private static PortablePdb? TryOpen(string path, CodeViewDebugDirectoryData id, bool isMoved)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        MetadataReaderProvider? provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(File.ReadAllBytes(path)));
        try
        {
            // A PDB of the Windows format, or none at all, throws here.
            byte[] found = [.. provider.GetMetadataReader().DebugMetadataHeader?.Id ?? []];
            if (found.Length < 16 || new Guid(found.AsSpan(0, 16)) != id.Guid)
            {
                return null;
            }

            var pdb = new PortablePdb(provider, isMoved);
            provider = null;
            return pdb;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
        finally
        {
            provider?.Dispose();
        }
    }
}
