namespace Edgewise.Instrumentation.Pdb;

/// <summary>Debug information after the bodies moved.</summary>
/// <param name="Pdb">The new PDB file to stand beside the image, or null where there was none.</param>
/// <param name="Changes">What changes in the image's debug directory.</param>
internal sealed record RewrittenDebugInformation(byte[]? Pdb, IReadOnlyList<DebugDirectoryChange> Changes);
