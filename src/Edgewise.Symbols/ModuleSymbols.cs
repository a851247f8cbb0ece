using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Edgewise.Runtime;
using Edgewise.Symbols.Methods;
using Edgewise.Symbols.Pdb;

namespace Edgewise.Symbols;

/// <summary>
/// What the methods of a .NET module are called, where they stand in the source, and which of them are excluded from coverage.
/// </summary>
/// <remarks>
/// Instrumentation keeps method tokens, so either image answers; it moves IL offsets, so <see cref="LocationOf"/> knows only the original
/// image's PDB. Methods are named by MethodDef token (<c>0x06……</c>). One thread at a time.
/// </remarks>
public sealed class ModuleSymbols : IDisposable
{
    private readonly PEReader _image;
    private readonly MetadataReader _metadata;
    private readonly MetadataReaderProvider? _pdb;
    private readonly MethodLines? _lines;
    private readonly UserMethods _userMethods;
    private readonly Exclusions _exclusions;
    private readonly List<string> _warnings = [];

    private ModuleSymbols(PEReader image, string path, bool lines)
    {
        _image = image;
        Path = path;
        _metadata = image.GetMetadataReader();
        _pdb = lines ? AssociatedPdb.Open(image, path, _warnings) : null;
        KnownAttributes attributes = new(_metadata);
        StateMachines stateMachines = new(_metadata, attributes);
        _lines = _pdb is null ? null : ReadLines(_pdb.GetMetadataReader(), stateMachines);
        _userMethods = new UserMethods(image, _metadata, stateMachines);
        _exclusions = new Exclusions(_metadata, attributes, _userMethods);
        IsInstrumented = _metadata.TypeDefinitions.Count > 0 && _metadata.StringComparer.Equals(
            _metadata.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(_metadata.TypeDefinitions.Count)).Name, Registration.HolderName);
    }

    /// <summary>Path of the module.</summary>
    public string Path { get; }

    /// <summary>True where a PDB was found.</summary>
    public bool HasLines => _lines is not null;

    /// <summary>True for an instrumented image.</summary>
    public bool IsInstrumented { get; }

    /// <summary>What a user should know, one sentence each that begins with a file's name: a PDB that is there and was not used.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Opens a module, original or instrumented, with the PDB beside it or in it.</summary>
    /// <param name="path">The module.</param>
    /// <param name="lines">False where no lines are asked for: the PDB is left alone, which saves its reading.</param>
    /// <exception cref="SymbolsException">The file cannot be read, or is no .NET module.</exception>
    public static ModuleSymbols Open(string path, bool lines = true)
    {
        try
        {
            return Read(File.ReadAllBytes(path), path, lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SymbolsException($"{path}: the module cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a module from memory.</summary>
    /// <param name="image">The bytes of the file.</param>
    /// <param name="path">Where it is, or would be: for messages, and to find the PDB beside it.</param>
    /// <param name="lines">False where no lines are asked for.</param>
    /// <exception cref="SymbolsException">The bytes are no .NET module, or a damaged one.</exception>
    public static ModuleSymbols Read(byte[] image, string path, bool lines = true)
    {
        PEReader reader = new(new MemoryStream(image, writable: false));
        try
        {
            return reader.HasMetadata
                ? new ModuleSymbols(reader, path, lines)
                : throw new SymbolsException($"{path}: this is no .NET module: it has no metadata");
        }
        catch (Exception e) when (Damage.Is(e))
        {
            reader.Dispose();
            throw new SymbolsException($"{path}: this is no .NET module, or a damaged one: {e.Message}", e);
        }
    }

    /// <summary>
    /// The method that the user wrote: for the body of a lambda or local function, of an async or iterator method, the method it stands in;
    /// for any other, the method itself.
    /// </summary>
    /// <returns>
    /// A token; 0 where no user wrote the method (a member of an anonymous type, say); <paramref name="token"/> itself where the module has no
    /// such method, or its metadata is damaged there.
    /// </returns>
    public int UserMethodOf(int token) =>
        Ask(token, token, method => _userMethods.UserMethodOf(method) is { IsNil: false } user ? MetadataTokens.GetToken(user) : 0);

    /// <summary>The method's name as reflection writes it, <c>Namespace.Outer+Nested.Method</c>: what <c>fun:</c> entries of lists match.</summary>
    /// <returns>The token in hex where the module has no such method, or its metadata is damaged there.</returns>
    public string NameOf(int token) => Ask(token, $"0x{token:x8}", method => MethodName.Of(_metadata, method));

    /// <summary>The name of the method's type, with which <see cref="NameOf"/> begins; empty where the module has no such method.</summary>
    public string TypeNameOf(int token) => Ask(token, "", method => MethodName.TypeOf(_metadata, method));

    /// <summary>True if <c>[ExcludeFromCodeCoverage]</c> takes the method out of the total: its own, its property's or event's, its type's, the assembly's.</summary>
    public bool IsExcluded(int token) => Ask(token, false, _exclusions.Contains);

    /// <summary>Where the method's first line with code is; null where that is unknown.</summary>
    public SourceLocation? StartOf(int token) =>
        _lines is null ? null : Ask<SourceLocation?>(token, null, method => _lines.StartOf(method));

    /// <summary>The line of the instruction at an offset of the method's original IL; null where that is unknown, as in an instrumented image.</summary>
    public SourceLocation? LocationOf(int token, int ilOffset) =>
        _lines is null || IsInstrumented ? null : Ask<SourceLocation?>(token, null, method => _lines.At(method, ilOffset));

    /// <summary>The statements of a method, by their offset in its original IL; empty where they are unknown, as in an instrumented image.</summary>
    public IReadOnlyList<SourceRange> RangesOf(int token) =>
        _lines is null || IsInstrumented ? [] : Ask<IReadOnlyList<SourceRange>>(token, [], method => _lines.RangesOf(method));

    /// <summary>What the PDB knows of the module's source files; empty where there is none, or it is damaged there.</summary>
    public IReadOnlyList<SourceDocument> Documents()
    {
        try
        {
            return _pdb is null ? [] : PdbDocuments.Read(_pdb.GetMetadataReader());
        }
        catch (Exception e) when (Damage.Is(e))
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pdb?.Dispose();
        _image.Dispose();
    }

    private MethodLines? ReadLines(MetadataReader pdb, StateMachines stateMachines)
    {
        try
        {
            stateMachines.Add(pdb);
            return new MethodLines(pdb);
        }
        catch (Exception e) when (Damage.Is(e))
        {
            _warnings.Add($"{System.IO.Path.ChangeExtension(Path, ".pdb")}: the PDB is damaged, so lines are left out: {e.Message}");
            return null;
        }
    }

    // A name or a line is told for people; damage in one row must not cost the answer about all others.
    private T Ask<T>(int token, T otherwise, Func<MethodDefinitionHandle, T> question)
    {
        int row = token & 0xFFFFFF;
        if (token >> 24 != 0x06 || row == 0 || row > _metadata.MethodDefinitions.Count)
        {
            return otherwise;
        }

        try
        {
            return question(MetadataTokens.MethodDefinitionHandle(row));
        }
        catch (Exception e) when (Damage.Is(e))
        {
            return otherwise;
        }
    }
}
