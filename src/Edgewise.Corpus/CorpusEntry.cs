using Edgewise.Corpus.Metadata;

namespace Edgewise.Corpus;

/// <summary>An entry that was read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its content.</param>
/// <param name="Path">The file.</param>
/// <param name="Metadata">What is known of it; null for a file that somebody put there.</param>
public sealed record CorpusEntry(EntryName Name, ReadOnlyMemory<byte> Content, string Path, EntryMetadata? Metadata);
