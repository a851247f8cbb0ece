using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;

namespace Edgewise.Runtime.Formats;

/// <summary>
/// The point set inside an instrumented image. It ends where the metadata root begins: the bytes of the set, zeros up to a multiple of four,
/// then 16 bytes that tell the length of both and end in "EDGEWISE". So it is found from the file and from a loaded assembly alike.
/// </summary>
public static class ImagePoints
{
    private const int TrailerSize = 16;
    private const int Alignment = 4;

    private static ReadOnlySpan<byte> Magic => "EDGEWISE"u8;

    /// <summary>The bytes that an instrumenter puts directly before the metadata root; their number is a multiple of four.</summary>
    /// <exception cref="ArgumentException">The set breaks an invariant of <see cref="PointSet"/>.</exception>
    public static byte[] Embed(PointSet points)
    {
        byte[] set = PointSetCodec.Write(points);
        int padding = -set.Length & (Alignment - 1);
        byte[] result = new byte[set.Length + padding + TrailerSize];
        set.CopyTo(result, 0);
        Span<byte> trailer = result.AsSpan(set.Length + padding);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, (uint)set.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)padding);
        Magic.CopyTo(trailer[8..]);
        return result;
    }

    /// <summary>Reads the point set of an image.</summary>
    /// <param name="image">The bytes of a file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="points">The set.</param>
    /// <returns>False where the bytes are no managed image, or one that is not instrumented.</returns>
    /// <exception cref="CoverageFormatException">The image is instrumented, but its point set is damaged.</exception>
    public static bool TryRead(ReadOnlySpan<byte> image, string source, [NotNullWhen(true)] out PointSet? points)
    {
        points = null;
        if (!TryFind(image, source, out ReadOnlySpan<byte> set))
        {
            return false;
        }

        points = PointSetCodec.Read(set, source);
        return true;
    }

    /// <summary>Finds the written point set of an image, without reading it.</summary>
    /// <returns>False where the bytes are no managed image, or one that is not instrumented.</returns>
    /// <exception cref="CoverageFormatException">The trailer is there, but what it tells does not fit into the image.</exception>
    public static bool TryFind(ReadOnlySpan<byte> image, string source, out ReadOnlySpan<byte> set)
    {
        set = default;
        int root = PeMetadata.FindRoot(image);
        if (root < TrailerSize || !image[..root].EndsWith(Magic))
        {
            return false;
        }

        ReadOnlySpan<byte> trailer = image.Slice(root - TrailerSize, TrailerSize);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        uint padding = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (padding >= Alignment || length + (ulong)padding > (ulong)(root - TrailerSize))
        {
            throw new CoverageFormatException(
                $"{source}: trailer of the point set, offset {root - TrailerSize}: {length} bytes and {padding} of padding do not fit before it");
        }

        set = image.Slice(root - TrailerSize - (int)padding - (int)length, (int)length);
        return true;
    }

    /// <summary>Finds the written point set of a loaded assembly. The span is valid as long as the assembly is loaded.</summary>
    /// <returns>False where the assembly is not instrumented, or has no raw metadata (as a dynamic one).</returns>
    public static unsafe bool TryFind(Assembly assembly, out ReadOnlySpan<byte> set)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        set = default;
        // The bytes before the root may be read only where the writer of this very layout put a trailer there; the holder says so.
        if (assembly.IsDynamic
            || assembly.GetType(Registration.HolderName, throwOnError: false) is null
            || !assembly.TryGetRawMetadata(out byte* root, out _))
        {
            return false;
        }

        var trailer = new ReadOnlySpan<byte>(root - TrailerSize, TrailerSize);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        uint padding = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (!trailer.EndsWith(Magic) || padding >= Alignment || length > int.MaxValue)
        {
            return false;
        }

        set = new ReadOnlySpan<byte>(root - TrailerSize - padding - length, (int)length);
        return true;
    }

    /// <summary>Reads the point set of a loaded assembly.</summary>
    /// <returns>False where the assembly is not instrumented.</returns>
    /// <exception cref="CoverageFormatException">The point set is damaged.</exception>
    public static bool TryRead(Assembly assembly, [NotNullWhen(true)] out PointSet? points)
    {
        points = null;
        if (!TryFind(assembly, out ReadOnlySpan<byte> set))
        {
            return false;
        }

        points = PointSetCodec.Read(set, assembly.FullName ?? assembly.ToString());
        return true;
    }
}
