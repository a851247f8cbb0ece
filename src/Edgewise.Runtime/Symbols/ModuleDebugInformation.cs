using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Edgewise.Runtime.Symbols;

/// <summary>
/// Names and lines of an instrumented module that is loaded, from the files of it that are still there. Opened for one question: symbolising is
/// rare, and nothing of it shall stay beside another's program.
/// </summary>
internal sealed class ModuleDebugInformation : IDisposable
{
    private readonly PEReader? _image;
    private readonly MetadataReader? _metadata;
    private readonly PortablePdb? _pdb;

    private ModuleDebugInformation(PEReader? image, PortablePdb? pdb)
    {
        _image = image;
        _metadata = image?.GetMetadataReader();
        _pdb = pdb;
    }

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="BadImageFormatException">A file is damaged.</exception>
    public static ModuleDebugInformation Open(CoverageModule module)
    {
        if (module.Path.Length == 0 || !File.Exists(module.Path))
        {
            return new ModuleDebugInformation(null, null);
        }

        var image = new PEReader(File.OpenRead(module.Path));
        try
        {
            return new ModuleDebugInformation(image, PortablePdb.Find(image, module.Path, module.OriginalPath));
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _pdb?.Dispose();
        _image?.Dispose();
    }

    /// <summary>The full name of a method, with its types and without its parameters; null where the image is gone.</summary>
    public string? NameOf(int token)
    {
        if (_metadata is null || Row(token) > _metadata.MethodDefinitions.Count)
        {
            return null;
        }

        MethodDefinition method = _metadata.GetMethodDefinition((MethodDefinitionHandle)MetadataTokens.EntityHandle(token));
        return $"{NameOf(method.GetDeclaringType())}.{_metadata.GetString(method.Name)}";
    }

    /// <summary>The source position of an offset in the original IL of a method; an empty file where it is unknown.</summary>
    public (string File, int Line, int Column) PositionOf(int token, int offset)
    {
        // Only the entry is where it was in a PDB whose offsets were moved.
        return _pdb is null || (_pdb.IsMoved && offset != 0) ? ("", 0, 0) : _pdb.PositionOf(Row(token), offset);
    }

    private static int Row(int token) => token & 0x00FFFFFF;

    private string NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata!.GetTypeDefinition(handle);
        string name = _metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{NameOf(outer)}+{name}"
            : type.Namespace.IsNil ? name
            : $"{_metadata.GetString(type.Namespace)}.{name}";
    }
}
