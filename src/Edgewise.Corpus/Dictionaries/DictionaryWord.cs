namespace Edgewise.Corpus.Dictionaries;

/// <summary>A word of a dictionary: bytes that mean something to a target.</summary>
/// <param name="Name">What the file calls it; empty where it does not.</param>
/// <param name="Level">From which level on AFL uses it; 0 for always.</param>
/// <param name="Bytes">The word, at least one byte.</param>
public readonly record struct DictionaryWord(string Name, int Level, ReadOnlyMemory<byte> Bytes);
