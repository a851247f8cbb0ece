using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Edgewise.Instrumentation.Selection;

/// <summary>Which methods of a module are instrumented: an allow list and an ignore list in clang's format.</summary>
/// <remarks>
/// The rule is that of <c>-fsanitize-coverage-allowlist</c> and <c>-fsanitize-coverage-ignorelist</c>: a method is instrumented if the allow list,
/// where there is one, has both its source (<c>src:</c>) and its name (<c>fun:</c>), and the ignore list has neither.
/// So an allow list without any <c>src:</c> entry selects nothing.
/// </remarks>
public sealed class CodeSelection
{
    private readonly SpecialCaseList? _allow;
    private readonly SpecialCaseList? _ignore;

    private CodeSelection(SpecialCaseList? allow, SpecialCaseList? ignore, byte[] hash, IReadOnlyList<string> warnings)
    {
        _allow = allow;
        _ignore = ignore;
        Hash = hash;
        Warnings = warnings;
    }

    /// <summary>No lists: every method.</summary>
    public static CodeSelection Everything { get; } = new(null, null, [], []);

    /// <summary>True where no list was given.</summary>
    public bool IsEverything => _allow is null && _ignore is null;

    /// <summary>True if <see cref="Includes"/> looks at sources, which a PDB must give.</summary>
    public bool NeedsSources => _allow is { NeedsSources: true } || _ignore is { NeedsSources: true };

    /// <summary>SHA-256 over the contents of the lists, 32 bytes; empty where no list was given.</summary>
    public byte[] Hash { get; }

    /// <summary>What a user should know of the lists, one sentence each: an entry of an unknown type, an allow list that selects nothing.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads lists; several files of a kind count as one.</summary>
    /// <exception cref="InstrumentationException">
    /// A file cannot be read (<c>EW1201</c>), or has a malformed line (<c>EW1202</c>), section (<c>EW1203</c>) or pattern (<c>EW1204</c>);
    /// the message begins with the file and, where there is one, the line.
    /// </exception>
    public static CodeSelection Load(IReadOnlyList<string> allowFiles, IReadOnlyList<string> ignoreFiles)
    {
        if (allowFiles.Count == 0 && ignoreFiles.Count == 0)
        {
            return Everything;
        }

        List<string> warnings = [];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SpecialCaseList? allow = Read(allowFiles, 'a', hash, warnings);
        SpecialCaseList? ignore = Read(ignoreFiles, 'i', hash, warnings);
        if (allow is { HasSources: false } or { HasFunctions: false })
        {
            string missing = allow.HasSources ? "fun" : "src";
            warnings.Add($"{allowFiles[0]}: the allow list has no '{missing}:' entry, so it selects nothing; '{missing}:*' allows all");
        }

        return new CodeSelection(allow, ignore, hash.GetHashAndReset(), warnings);
    }

    /// <summary>True if a method is to be instrumented.</summary>
    /// <param name="function">The method's name as reflection writes it: <c>Namespace.Outer+Nested.Method</c>.</param>
    /// <param name="source">Path of its source file as the PDB has it; null where that is unknown, which only patterns that match an empty path match.</param>
    public bool Includes(string function, string? source)
    {
        string path = source ?? "";
        return (_allow is null || (_allow.MatchesSource(path) && _allow.MatchesFunction(function)))
            && (_ignore is null || !(_ignore.MatchesSource(path) || _ignore.MatchesFunction(function)));
    }

    private static SpecialCaseList? Read(IReadOnlyList<string> files, char kind, IncrementalHash hash, List<string> warnings)
    {
        if (files.Count == 0)
        {
            return null;
        }

        SpecialCaseList list = new();
        Span<byte> header = stackalloc byte[9];
        foreach (string file in files)
        {
            byte[] content = ReadFile(file);

            // Kind and length keep the boundaries between files in the hash.
            header[0] = (byte)kind;
            BinaryPrimitives.WriteInt64LittleEndian(header[1..], content.Length);
            hash.AppendData(header);
            hash.AppendData(content);
            list.Add(SpecialCaseListReader.Read(file, content, warnings));
        }

        return list;
    }

    private static byte[] ReadFile(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Directory.Exists(file) ? "it is a folder"
                : e.Message;
            throw new InstrumentationException("EW1201", $"{file}: the list cannot be read: {reason}");
        }
    }
}
