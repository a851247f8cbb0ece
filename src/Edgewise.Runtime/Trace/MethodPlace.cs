using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Trace;

/// <summary>Where the IL of a loaded method begins.</summary>
internal static class MethodPlace
{
    private const int TinyHeader = 1, FatHeader = 12;

    /// <summary>
    /// The first byte of IL: for an instrumented module in its original image, for any other in its file; unknown where there is no file or no IL.
    /// </summary>
    public static CodePlace Of(MethodBase method)
    {
        Module module = method.Module;
        try
        {
            string path = module.Assembly.IsDynamic ? string.Empty : module.Assembly.Location;
            if (!module.Assembly.IsDynamic && ImagePoints.TryFind(module.Assembly, out ReadOnlySpan<byte> set))
            {
                PointSet points = PointSetCodec.Read(set, module.Name);
                int index = Array.FindIndex(points.Methods, known => known.Token == method.MetadataToken);
                return index < 0 ? CodePlace.Unknown : new CodePlace(path.Length == 0 ? points.ModuleName : path, (ulong)points.Methods[index].Rva);
            }

            return path.Length == 0 ? CodePlace.Unknown : InFile(path, method.MetadataToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or BadImageFormatException or CoverageFormatException or NotSupportedException or InvalidOperationException)
        {
            // The file of a running program may be gone or replaced: then nobody knows the place any more.
            return CodePlace.Unknown;
        }
    }

    private static CodePlace InFile(string path, int token)
    {
        using var image = new PEReader(File.OpenRead(path));
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
        return new CodePlace(path, (ulong)(rva + ((header & 3) == 2 ? TinyHeader : FatHeader)));
    }
}
