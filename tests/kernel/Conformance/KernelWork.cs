namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>Names of pieces of work that checks have traced.</summary>
public static class KernelWork
{
    /// <summary>One read of a descriptor that is none: eight PCs or a few more.</summary>
    public const string OneRead = "read(-1)";

    /// <summary>Some hundred PCs and compares.</summary>
    public const string Some = "open+close /proc/self/maps";

    /// <summary>Many thousands of PCs and compares.</summary>
    public const string Many = "read /proc/self/maps";

    /// <summary>Many thousands of PCs and compares, on a thread that is not traced.</summary>
    public const string ManyElsewhere = "read /proc/self/maps on another thread";
}
