namespace Edgewise.Instrumentation.Pdb;

/// <summary>Which debug information an image comes with, and whether it can be kept true.</summary>
internal enum DebugInformationKind
{
    /// <summary>None: no PDB was given and none is embedded.</summary>
    None,

    /// <summary>A portable PDB beside the image; it will be rewritten.</summary>
    Beside,

    /// <summary>A portable PDB in the image; it will be rewritten. One beside it, of the same build, gets the same content.</summary>
    Embedded,

    /// <summary>The PDB beside the image is of another build; left out.</summary>
    OtherBuild,

    /// <summary>The PDB beside the image has the Windows format; left out.</summary>
    Windows,

    /// <summary>The file given as PDB is no PDB; left out.</summary>
    Unrecognized,
}
