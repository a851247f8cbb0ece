using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Map;

/// <summary>A written point set at an address that stays valid for the life of the process.</summary>
internal sealed unsafe class WrittenPoints
{
    // Sets of collectible assemblies are copied once per build, for the image goes away and what it reached is still to be told.
    private static readonly Dictionary<(long Identity, int Length, uint Checksum), WrittenPoints> Copies = [];

    private readonly byte[]? _pinned;

    private WrittenPoints(ReadOnlySpan<byte> set, byte[]? pinned)
    {
        Address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(set));
        Length = set.Length;
        _pinned = pinned;
        Header = PointSetCodec.ReadHeader(set, "image");
    }

    public nint Address { get; }

    public int Length { get; }

    public PointSetHeader Header { get; }

    public ReadOnlySpan<byte> Bytes => new((void*)Address, Length);

    /// <summary>Two builds, or two point sets of one build, differ in this.</summary>
    public (long Identity, int Length, uint Checksum) Key => KeyOf(Header, Bytes);

    /// <summary>Takes the point set of a loaded assembly; null where it has none that can be read.</summary>
    public static WrittenPoints? Of(Assembly assembly)
    {
        try
        {
            if (!ImagePoints.TryFind(assembly, out ReadOnlySpan<byte> set))
            {
                return null;
            }

            return assembly.IsCollectible ? Copy(set) : new WrittenPoints(set, null);
        }
        catch (CoverageFormatException)
        {
            return null;
        }
    }

    private static WrittenPoints Copy(ReadOnlySpan<byte> set)
    {
        (long, int, uint) key = KeyOf(PointSetCodec.ReadHeader(set, "image"), set);
        lock (Copies)
        {
            if (!Copies.TryGetValue(key, out WrittenPoints? copy))
            {
                byte[] pinned = GC.AllocateUninitializedArray<byte>(set.Length, pinned: true);
                set.CopyTo(pinned);
                copy = new WrittenPoints(pinned, pinned);
                Copies.Add(key, copy);
            }

            return copy;
        }
    }

    private static (long Identity, int Length, uint Checksum) KeyOf(PointSetHeader header, ReadOnlySpan<byte> set) =>
        (System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(header.OriginalHash), set.Length, MemoryMarshal.Read<uint>(set[^4..]));
}
