using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace Edgewise.Hosting.Programs;

/// <summary>Reads a file that should be a managed module, and says what it is where it is none.</summary>
public static class ModuleFile
{
    /// <summary>A launcher made by the SDK holds this marker; the eight bytes before it are zero unless a bundle of assemblies is attached.</summary>
    private static readonly byte[] BundleMarker = SHA256.HashData(".net core bundle\n"u8);

    /// <summary>NativeAOT exports this symbol for debuggers.</summary>
    private static ReadOnlySpan<byte> NativeAotMarker => "DotNetRuntimeDebugHeader"u8;

    /// <summary>Reads a managed module.</summary>
    /// <param name="path">Path as the user gave it; the messages repeat it.</param>
    /// <exception cref="HostingException">The file is missing, cannot be read, or is not a managed PE image.</exception>
    public static byte[] Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        if (DescribeDefect(path, bytes) is { } defect)
        {
            throw new HostingException($"{path}: {defect}");
        }

        return bytes;
    }

    /// <summary>True where the file is a PE image with .NET metadata; false for native libraries and for files that cannot be read.</summary>
    public static bool IsManaged(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var reader = new PEReader(stream);
            return reader.HasMetadata;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return false;
        }
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw new HostingException($"{path}: is a folder; pass a .dll");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostingException($"{path}: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static string? DescribeDefect(string path, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return "the file is empty; a .NET assembly was expected";
        }

        bool isPe = bytes.Length > 2 && bytes[0] == 'M' && bytes[1] == 'Z';
        if (isPe)
        {
            try
            {
                using var reader = new PEReader(new MemoryStream(bytes));
                if (reader.HasMetadata)
                {
                    // Touching the tables finds a truncated file here, with the file's name, rather than deep in a pass.
                    _ = reader.GetMetadataReader().MethodDefinitions.Count;
                    return null;
                }
            }
            catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or OverflowException or ArgumentException)
            {
                return $"is a damaged or truncated image: {e.Message}";
            }
        }

        return DescribeNative(path, bytes)
            ?? (isPe ? "is a native image without .NET metadata; pass a .NET .dll"
                : IsElfOrMachO(bytes) ? "is a native program or library; pass a .NET .dll"
                : "is not a PE image, so no .NET assembly (it does not begin with 'MZ')");
    }

    /// <summary>Tells the native files that the .NET SDK makes from any others.</summary>
    private static string? DescribeNative(string path, ReadOnlySpan<byte> bytes)
    {
        int marker = bytes.IndexOf(BundleMarker);
        string managed = Path.GetFileNameWithoutExtension(path) + ".dll";
        if (marker >= 8)
        {
            return bytes.Slice(marker - 8, 8).IndexOfAnyExcept((byte)0) >= 0
                ? $"is a single-file program; build it without PublishSingleFile and pass {managed}"
                : $"is the native launcher of a .NET program; pass {DescribeManaged(path)}";
        }

        return bytes.IndexOf(NativeAotMarker) >= 0
            ? $"is a program compiled by NativeAOT, which has no IL left; build it without PublishAot and pass {managed}"
            : null;
    }

    /// <summary>The launcher's .dll: beside it under the same name, with and without an extension of its own.</summary>
    private static string DescribeManaged(string path)
    {
        string beside = path + ".dll";
        return File.Exists(beside) ? beside : Path.ChangeExtension(path, ".dll");
    }

    private static bool IsElfOrMachO(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\u007fELF"u8)
        || (bytes.Length >= 4 && Encoding.Latin1.GetString(bytes[..4]) is "\u00cf\u00fa\u00ed\u00fe" or "\u00ca\u00fe\u00ba\u00be");
}
