using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Trace;

/// <summary>Where the methods of a loaded module begin. Made once a module, for its methods are asked for one by one.</summary>
internal sealed class ModulePlaces
{
    private const int TinyHeader = 1, FatHeader = 12;

    private readonly string _path;
    private readonly Dictionary<int, int>? _instrumented;
    private readonly PEReader? _image;

    private ModulePlaces(string path, Dictionary<int, int>? instrumented, PEReader? image)
    {
        _path = path;
        _instrumented = instrumented;
        _image = image;
    }

    /// <summary>Reads a module's point set, or opens its file, which then stays open as long as the module is loaded.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="BadImageFormatException">The file is no image.</exception>
    /// <exception cref="CoverageFormatException">The point set is damaged.</exception>
    public static ModulePlaces Of(Module module)
    {
        Assembly assembly = module.Assembly;
        string path = assembly.IsDynamic ? string.Empty : assembly.Location;
        if (!assembly.IsDynamic && ImagePoints.TryFind(assembly, out ReadOnlySpan<byte> set))
        {
            PointSet points = PointSetCodec.Read(set, module.Name);
            return new ModulePlaces(path.Length == 0 ? points.ModuleName : path, Places(assembly, points), null);
        }

        return new ModulePlaces(path, null, path.Length == 0 ? null : new PEReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)));
    }

    // Methods with equal bodies may share one, and then the point set has only the first.
    private static unsafe Dictionary<int, int> Places(Assembly assembly, PointSet points)
    {
        Dictionary<int, int> places = points.Methods.ToDictionary(method => method.Token, method => method.Rva);
        if (!assembly.TryGetRawMetadata(out byte* root, out int length))
        {
            return places;
        }

        var metadata = new MetadataReader(root, length);
        var originals = new Dictionary<int, int>();
        foreach (PointMethod method in points.Methods)
        {
            originals.TryAdd(metadata.GetMethodDefinition((MethodDefinitionHandle)MetadataTokens.EntityHandle(method.Token)).RelativeVirtualAddress, method.Rva);
        }

        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            if (originals.TryGetValue(metadata.GetMethodDefinition(handle).RelativeVirtualAddress, out int rva))
            {
                places.TryAdd(MetadataTokens.GetToken(handle), rva);
            }
        }

        return places;
    }

    /// <summary>Where a method begins.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">The file is no image.</exception>
    public CodePlace Find(int token)
    {
        if (_instrumented is not null)
        {
            return _instrumented.TryGetValue(token, out int rva) ? new CodePlace(_path, (ulong)rva) : CodePlace.Unknown;
        }

        if (_image is null)
        {
            return CodePlace.Unknown;
        }

        // Readers of one image are not for several threads at once.
        lock (_image)
        {
            return InFile(_image, token);
        }
    }

    private CodePlace InFile(PEReader image, int token)
    {
        MetadataReader metadata = image.GetMetadataReader();
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind != HandleKind.MethodDefinition || MetadataTokens.GetRowNumber(handle) > metadata.MethodDefinitions.Count)
        {
            return CodePlace.Unknown;
        }

        int rva = metadata.GetMethodDefinition((MethodDefinitionHandle)handle).RelativeVirtualAddress;
        if (rva == 0)
        {
            return CodePlace.Unknown;
        }

        byte header = image.GetSectionData(rva).GetReader().ReadByte();
        return new CodePlace(_path, (ulong)(rva + ((header & 3) == 2 ? TinyHeader : FatHeader)));
    }
}
