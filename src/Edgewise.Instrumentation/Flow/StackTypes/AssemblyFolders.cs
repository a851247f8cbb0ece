using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Opens the assemblies that modules refer to, from folders. Keeps each open until it is disposed.</summary>
/// <param name="folders">Where <c>name.dll</c> is looked for, in this order.</param>
internal sealed class AssemblyFolders(IReadOnlyList<string> folders) : IDisposable
{
    private readonly List<PEReader> _open = [];

    /// <summary>The metadata of the assembly with a simple name, or null where there is none or it is unreadable.</summary>
    /// <remarks>Names come from files: one that is no plain file name finds nothing.</remarks>
    public MetadataReader? Open(string simpleName)
    {
        if (simpleName.Length == 0 || simpleName.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || Path.GetFileName(simpleName) != simpleName)
        {
            return null;
        }

        string? path = folders.Select(folder => Path.Combine(folder, simpleName + ".dll")).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }

        PEReader? image = null;
        try
        {
            image = new PEReader(File.OpenRead(path), PEStreamOptions.PrefetchMetadata);
            MetadataReader? reader = image.HasMetadata ? image.GetMetadataReader() : null;
            _open.Add(image);
            return reader;
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            image?.Dispose();
            return null;
        }
    }

    /// <summary>Closes the assemblies; readers that were handed out must not be used any more.</summary>
    public void Dispose()
    {
        _open.ForEach(image => image.Dispose());
        _open.Clear();
    }
}
