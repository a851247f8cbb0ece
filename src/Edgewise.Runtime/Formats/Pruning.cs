namespace Edgewise.Runtime.Formats;

/// <summary>Which blocks do without a point because others tell of them.</summary>
public enum Pruning : byte
{
    /// <summary>Every block has a point.</summary>
    None,

    /// <summary>LLVM's rule: full dominators and full post-dominators are skipped. Untrue where a block throws before its end.</summary>
    Llvm,

    /// <summary>Only blocks whose execution follows exactly from that of others, exceptions included.</summary>
    Exact,
}
