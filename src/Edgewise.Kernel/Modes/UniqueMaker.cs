namespace Edgewise.Kernel.Modes;

/// <summary>Who leaves out what was recorded before.</summary>
public enum UniqueMaker
{
    /// <summary>Nobody: everything is wanted.</summary>
    Nobody,

    /// <summary>This library, from a full trace. What does not fit into the area is lost, new or not.</summary>
    UserSpace,

    /// <summary>The kernel, by the unique modes that were proposed in January 2025.</summary>
    KernelModes,

    /// <summary>The kernel, by KCOV_UNIQUE_ENABLE, which was proposed in July 2025: PCs alone.</summary>
    KernelBitmap,
}
