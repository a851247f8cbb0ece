using System.Buffers.Binary;

namespace Edgewise.Instrumentation.Pdb;

/// <summary>What ties an image to its portable PDB: the CodeView guid and the stamp of the debug directory entry, or the 20-byte id in <c>#Pdb</c>.</summary>
/// <param name="Guid">The first 16 bytes of the id.</param>
/// <param name="Stamp">The last 4.</param>
internal readonly record struct PdbIdentity(Guid Guid, uint Stamp)
{
    /// <summary>Bytes of an id in a <c>#Pdb</c> stream.</summary>
    public const int Length = 20;

    /// <summary>The identity that a PDB's id is.</summary>
    /// <param name="id">20 bytes.</param>
    public static PdbIdentity FromId(ReadOnlySpan<byte> id) =>
        new(new Guid(id[..16]), BinaryPrimitives.ReadUInt32LittleEndian(id[16..Length]));

    /// <summary>True if a PDB of this identity was made in the same build as the image.</summary>
    public bool Matches(PdbIdentity image) => this == image;
}
