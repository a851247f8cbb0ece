namespace Edgewise.Symbols;

/// <summary>What a PDB knows of a source file.</summary>
/// <param name="File">Path as the PDB has it.</param>
/// <param name="HashAlgorithm">Name of the hash, <c>SHA256</c> or <c>SHA1</c>; empty where there is none that is known.</param>
/// <param name="Hash">Hash of the file that was compiled.</param>
/// <param name="EmbeddedText">Bytes of the file, where the PDB holds them; else null.</param>
/// <param name="Url">Where the compiler was told that the file is published (SourceLink); else null.</param>
public sealed record SourceDocument(string File, string HashAlgorithm, byte[] Hash, byte[]? EmbeddedText, string? Url);
