namespace Edgewise.Instrumentation.Pdb;

/// <summary>An entry of an image's debug directory.</summary>
/// <param name="Type">What it holds.</param>
/// <param name="HeaderPosition">Position of its 28 bytes in the original file.</param>
/// <param name="HeaderRva">Address of its 28 bytes.</param>
/// <param name="Stamp">Its TimeDateStamp; of a CodeView entry the last part of the PDB's id.</param>
/// <param name="MajorVersion">Version of the format of the data.</param>
/// <param name="MinorVersion">The other half; <c>0x504D</c> in a CodeView entry says that the PDB is portable.</param>
/// <param name="DataRva">Address of the data; 0 where it is not mapped.</param>
/// <param name="DataPosition">Position of the data in the original file.</param>
/// <param name="DataLength">Its bytes.</param>
internal readonly record struct DebugDirectoryEntry(
    DebugEntryType Type,
    int HeaderPosition,
    int HeaderRva,
    uint Stamp,
    ushort MajorVersion,
    ushort MinorVersion,
    int DataRva,
    int DataPosition,
    int DataLength)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Size = 28;

    /// <summary>Where in an entry SizeOfData stands; AddressOfRawData and PointerToRawData follow, 4 bytes each.</summary>
    public const int DataLengthOffset = 16;

    private const ushort PortableCodeView = 0x504D;

    /// <summary>True for a CodeView entry that names a portable PDB.</summary>
    public bool IsPortableCodeView => Type == DebugEntryType.CodeView && MinorVersion == PortableCodeView;
}
