namespace Edgewise.Corpus.Inputs;

/// <summary>A file whose content is an input.</summary>
/// <param name="Path">The file.</param>
/// <param name="Size">Its size in bytes when it was listed.</param>
public sealed record InputFile(string Path, long Size);
