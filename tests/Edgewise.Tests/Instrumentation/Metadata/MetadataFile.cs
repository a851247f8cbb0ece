using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Tests.Instrumentation.Metadata;

/// <summary>The metadata of a real assembly: the file's bytes, and where in them it stands by System.Reflection.Metadata's account.</summary>
public sealed record MetadataFile(string Path, byte[] Bytes, int Offset, int Length)
{
    /// <summary>Assemblies of the shared framework and those beside the tests.</summary>
    public static IReadOnlyList<MetadataFile> All { get; } = [.. Paths().Select(Open).OfType<MetadataFile>()];

    /// <summary>One of <see cref="All"/> by file name.</summary>
    public static MetadataFile Named(string name) => All.First(file => System.IO.Path.GetFileName(file.Path) == name);

    internal MetadataImage Read() => MetadataImage.Read(Bytes, Offset, Length);

    /// <summary>What System.Reflection.Metadata reads in a metadata root.</summary>
    public static MetadataReaderProvider Reader(ReadOnlySpan<byte> root) =>
        MetadataReaderProvider.FromMetadataImage(ImmutableArray.Create(root));

    /// <summary>What System.Reflection.Metadata reads in the original.</summary>
    public MetadataReaderProvider Reader() => Reader(Bytes.AsSpan(Offset, Length));

    internal static byte[] Write(MetadataImage image)
    {
        ByteBuffer output = new();
        image.Write(output);
        return output.ToArray();
    }

    private static IEnumerable<string> Paths() => Directory
        .GetFiles(System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
        .Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
        .Order(StringComparer.Ordinal);

    private static MetadataFile? Open(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        using PEReader reader = new(ImmutableArray.Create(bytes));
        return reader.HasMetadata
            ? new MetadataFile(path, bytes, reader.PEHeaders.MetadataStartOffset, reader.PEHeaders.MetadataSize)
            : null;
    }
}
