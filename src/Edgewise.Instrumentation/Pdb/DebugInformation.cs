using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Pdb;

/// <summary>The debug information of an image: its debug directory, and the PDB that is embedded or stands beside it.</summary>
internal sealed class DebugInformation
{
    private const uint MetadataSignature = 0x424A_5342;

    private readonly byte[] _image;
    private readonly byte[]? _pdb;
    private readonly bool _isBeside;

    private DebugInformation(
        DebugInformationKind kind, byte[] image, IReadOnlyList<DebugDirectoryEntry> entries, byte[]? pdb, bool isBeside, string? warning)
    {
        Kind = kind;
        Entries = entries;
        Warning = warning;
        _image = image;
        _pdb = pdb;
        _isBeside = isBeside;
    }

    /// <summary>What there is.</summary>
    public DebugInformationKind Kind { get; }

    /// <summary>Entries of the debug directory.</summary>
    public IReadOnlyList<DebugDirectoryEntry> Entries { get; }

    /// <summary>One sentence for the user where a PDB was given and is left out; else null.</summary>
    public string? Warning { get; }

    /// <summary>The portable PDB that will be rewritten, unpacked; null if there is none.</summary>
    public byte[]? Pdb => _pdb;

    /// <summary>Finds out what debug information there is.</summary>
    /// <param name="image">The original image.</param>
    /// <param name="pdb">The file beside it, or null.</param>
    /// <exception cref="InstrumentationException">The debug directory or the embedded PDB is damaged (<see cref="MetadataDiagnostics.DamagedSymbols"/>).</exception>
    public static DebugInformation Read(byte[] image, byte[]? pdb)
    {
        IReadOnlyList<DebugDirectoryEntry> entries = DebugDirectory.Read(image);
        byte[]? embedded = null;
        PdbIdentity? identity = null;
        foreach (DebugDirectoryEntry entry in entries)
        {
            if (entry.IsPortableCodeView && identity is null)
            {
                identity = DebugDirectory.CodeView(image, entry);
            }
            else if (entry.Type == DebugEntryType.EmbeddedPortablePdb && embedded is null)
            {
                embedded = EmbeddedPdb.Inflate(image, entry);
            }
        }

        (DebugInformationKind kind, string? warning) = pdb is null ? (DebugInformationKind.None, null) : Judge(pdb, identity);
        bool isBeside = kind == DebugInformationKind.Beside;
        return embedded is null
            ? new DebugInformation(kind, image, entries, isBeside ? pdb : null, isBeside, warning)
            : new DebugInformation(DebugInformationKind.Embedded, image, entries, embedded, isBeside, warning);
    }

    /// <summary>Rewrites the PDB, and with it the embedded one and its checksum.</summary>
    /// <param name="moves">Where the instructions went.</param>
    /// <param name="rowCounts">Rows of each table of the instrumented image, by table number.</param>
    /// <param name="newMethodRows">MethodDef rows appended to the image.</param>
    /// <exception cref="InstrumentationException">The PDB is damaged.</exception>
    public RewrittenDebugInformation Rewrite(OffsetMap moves, ReadOnlySpan<int> rowCounts, int newMethodRows)
    {
        if (_pdb is null)
        {
            return new RewrittenDebugInformation(null, []);
        }

        byte[] rewritten = PdbRewriter.Rewrite(_pdb, moves, rowCounts, newMethodRows);
        List<DebugDirectoryChange> changes = [];
        foreach (DebugDirectoryEntry entry in Entries)
        {
            byte[]? data = entry.Type switch
            {
                DebugEntryType.EmbeddedPortablePdb => EmbeddedPdb.Store(rewritten),
                DebugEntryType.PdbChecksum => PdbChecksum.Compute(DebugDirectory.Data(_image, entry), rewritten, IdPosition(rewritten)),
                _ => null,
            };
            if (data is not null)
            {
                changes.Add(new DebugDirectoryChange(entry, data));
            }
        }

        return new RewrittenDebugInformation(_isBeside ? rewritten : null, changes);
    }

    private static (DebugInformationKind Kind, string? Warning) Judge(byte[] pdb, PdbIdentity? image)
    {
        if (pdb.AsSpan().StartsWith("Microsoft C/C++ MSF 7.00"u8))
        {
            return (DebugInformationKind.Windows, "the PDB has the Windows format, which is left out; build with DebugType portable or embedded");
        }

        if (pdb.Length < 4 || BitConverter.ToUInt32(pdb) != MetadataSignature)
        {
            return (DebugInformationKind.Unrecognized, "the file beside the image is no PDB; it is left out");
        }

        MetadataImage metadata = MetadataImage.Read(pdb, 0, pdb.Length, "PDB");
        return image is { } expected && metadata.IsPortablePdb && PdbIdentity.FromId(metadata.PdbId).Matches(expected)
            ? (DebugInformationKind.Beside, null)
            : (DebugInformationKind.OtherBuild, "the PDB is of another build than the image, and is left out");
    }

    private static int IdPosition(byte[] pdb) => MetadataImage.Read(pdb, 0, pdb.Length, "PDB").PdbIdPosition;
}
