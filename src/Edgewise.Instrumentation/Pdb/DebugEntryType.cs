namespace Edgewise.Instrumentation.Pdb;

/// <summary>Types of debug directory entries, as far as they concern PDBs; any other number may occur.</summary>
internal enum DebugEntryType
{
    /// <summary>None of those below.</summary>
    Unknown = 0,

    /// <summary>Id and path of the PDB.</summary>
    CodeView = 2,

    /// <summary>The build was deterministic; no data, or a hash of it.</summary>
    Reproducible = 16,

    /// <summary>A portable PDB, compressed: <c>MPDB</c>, its size, deflate.</summary>
    EmbeddedPortablePdb = 17,

    /// <summary>Name of a hash algorithm, and the hash of the PDB with its id zeroed.</summary>
    PdbChecksum = 19,
}
