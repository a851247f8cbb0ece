namespace Edgewise.Instrumentation.Image;

/// <summary>A stream as the metadata root lists it.</summary>
/// <param name="Name">Its name, <c>#Strings</c> for example.</param>
/// <param name="Start">Where in the file it starts.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct MetadataStream(string Name, int Start, int Length)
{
    /// <summary>Compressed tables.</summary>
    public const string Tables = "#~";

    /// <summary>Uncompressed tables, which are refused.</summary>
    public const string UncompressedTables = "#-";

    /// <summary>Names, UTF-8, each ended by a zero.</summary>
    public const string Strings = "#Strings";

    /// <summary>Literals of <c>ldstr</c>, UTF-16 behind a compressed length.</summary>
    public const string UserStrings = "#US";

    /// <summary>Guids, 16 bytes each.</summary>
    public const string Guids = "#GUID";

    /// <summary>Signatures and values behind a compressed length.</summary>
    public const string Blobs = "#Blob";

    /// <summary>Id and entry point of a portable PDB, and the row counts of its image.</summary>
    public const string Pdb = "#Pdb";
}
