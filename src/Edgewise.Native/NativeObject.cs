namespace Edgewise.Native;

/// <summary>An ELF object that the process had loaded. All is as the process told it: not to be trusted as a path, or as text for a terminal.</summary>
/// <param name="Number">Its number in the process, from 1 on.</param>
/// <param name="Path">Where it was loaded from.</param>
/// <param name="BuildId">Its GNU build id in hex; empty where it has none.</param>
/// <param name="Base">What was added to its ELF addresses.</param>
/// <param name="IsGone">It was unloaded; what it reached is kept.</param>
public sealed record NativeObject(int Number, string Path, string BuildId, ulong Base, bool IsGone)
{
    /// <summary>File name without folders.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}
