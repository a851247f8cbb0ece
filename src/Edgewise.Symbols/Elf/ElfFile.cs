namespace Edgewise.Symbols.Elf;

/// <summary>
/// An ELF file: its sections, symbols and relocations. Every read is within the file's bounds; what does not fit is an error with its offset.
/// </summary>
/// <remarks>Layout: System V ABI, generic part, "Object Files". Little-endian files for <see cref="ElfMachine"/>.</remarks>
public sealed class ElfFile
{
    private readonly ElfBytes _bytes;
    private readonly List<ElfSection> _sections;

    private ElfFile(string path, ElfHeader header, ElfBytes bytes)
    {
        Path = path;
        Kind = header.Kind;
        Machine = header.Machine;
        _bytes = bytes;
        _sections = SectionTable.Read(bytes, header);
        FunctionSymbols = [];
        Symbols = [.. SymbolTable.Read(this, bytes, SymbolTable.StaticType)];
        DynamicSymbols = [.. SymbolTable.Read(this, bytes, SymbolTable.DynamicType)];
        FunctionSymbols = SymbolTable.Functions(Symbols.Count > 0 ? Symbols : DynamicSymbols);
        BuildId = NoteReader.BuildId(this, bytes);
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>What it is for.</summary>
    public ElfKind Kind { get; }

    /// <summary>Its processor.</summary>
    public ElfMachine Machine { get; }

    /// <summary>All bytes of the file.</summary>
    public ReadOnlyMemory<byte> Content => _bytes.Content;

    /// <summary>Bytes of an address: 4 or 8.</summary>
    public int WordSize => _bytes.WordSize;

    /// <summary>All sections, by number.</summary>
    public IReadOnlyList<ElfSection> Sections => _sections;

    /// <summary>The symbols of <c>.symtab</c>; empty in a stripped file.</summary>
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>The symbols of <c>.dynsym</c>, which a stripped shared object keeps.</summary>
    public IReadOnlyList<ElfSymbol> DynamicSymbols { get; }

    /// <summary>Named functions by address, one an address; of a stripped file those that it exports.</summary>
    public IReadOnlyList<ElfSymbol> FunctionSymbols { get; }

    /// <summary>The build id in lower-case hex, or null where the linker left none.</summary>
    public string? BuildId { get; }

    /// <summary>True for content that begins as an ELF file does.</summary>
    public static bool IsElf(ReadOnlySpan<byte> content) => ElfHeader.IsElf(content);

    /// <summary>Reads a file.</summary>
    /// <param name="content">All bytes; they are kept.</param>
    /// <param name="path">Name for messages.</param>
    /// <exception cref="SymbolsException">It is no ELF file, is damaged, or is for another processor.</exception>
    public static ElfFile Read(byte[] content, string path)
    {
        ElfHeader header = ElfHeader.Read(content, path, out ElfBytes bytes);
        return new ElfFile(path, header, bytes);
    }

    /// <summary>The bytes of a section as they stand in the file; empty for one without content.</summary>
    /// <exception cref="SymbolsException">The section ends behind the file.</exception>
    public ReadOnlySpan<byte> ContentOf(ElfSection section) =>
        section.HasContent ? _bytes.Slice(section.Offset, section.Size, $"section {section.Name}") : [];

    /// <summary>The bytes of a section, for readers that hold on to them.</summary>
    /// <exception cref="SymbolsException">The section ends behind the file.</exception>
    internal ArraySegment<byte> SegmentOf(ElfSection section)
    {
        int length = ContentOf(section).Length;
        return new ArraySegment<byte>(_bytes.Content, length == 0 ? 0 : (int)section.Offset, length);
    }

    /// <summary>The relocations that a section holds; none where it holds something else.</summary>
    /// <exception cref="SymbolsException">They are damaged.</exception>
    public IEnumerable<ElfRelocation> RelocationsIn(ElfSection section) => RelocationTable.Read(this, _bytes, section);

    /// <summary>The first section with a name, or null.</summary>
    public ElfSection? SectionNamed(string name) => _sections.Find(section => section.Name == name);

    /// <summary>The section that an address lies in, or null.</summary>
    public ElfSection? SectionAt(ulong address) => _sections.Find(section => section.Contains(address));

    /// <summary>A section by number; null where there is none.</summary>
    internal ElfSection? SectionOf(int index) => index > 0 && index < _sections.Count ? _sections[index] : null;

    /// <summary>The symbols of the table in a section: for relocations, which name their table.</summary>
    internal IReadOnlyList<ElfSymbol> SymbolsOf(int section) => SectionOf(section)?.Type switch
    {
        SymbolTable.StaticType => Symbols,
        SymbolTable.DynamicType => DynamicSymbols,
        _ => [],
    };

    /// <summary>An address from the file's bytes.</summary>
    internal ulong WordAt(ReadOnlySpan<byte> bytes) => _bytes.Word(bytes);
}
