namespace Edgewise.Instrumentation;

/// <summary>Ids of the reasons why a module as a whole is refused; <c>docs/diagnostics.md</c> explains each.</summary>
internal static class ModuleDiagnostics
{
    /// <summary>The file is not a portable executable, or its headers are damaged.</summary>
    public const string NotPortableExecutable = "EW1101";

    /// <summary>A portable executable without managed code.</summary>
    public const string Native = "EW1102";

    /// <summary>Managed and native code in one image (C++/CLI).</summary>
    public const string MixedMode = "EW1103";

    /// <summary>A module of a multi-module assembly, or an assembly with further modules.</summary>
    public const string MultiModule = "EW1104";

    /// <summary>The module has a holder class already.</summary>
    public const string AlreadyInstrumented = "EW1105";

    /// <summary>System.Private.CoreLib, on which the probes themselves stand.</summary>
    public const string CoreLibrary = "EW1106";

    /// <summary>The module references no assembly that defines or forwards <c>System.Object</c>.</summary>
    public const string NoCoreReference = "EW1107";

    /// <summary>The image is too large for one that grows by a section.</summary>
    public const string TooLarge = "EW1108";

    /// <summary>The callback class lacks a method that a feature calls.</summary>
    public const string MissingCallback = "EW1109";

    /// <summary>There is no room for another section header before the first section.</summary>
    public const string NoHeaderRoom = "EW1115";

    /// <summary>The PDB beside the image was written by another build.</summary>
    public const string PdbOfAnotherBuild = "EW1116";
}
