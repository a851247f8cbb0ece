namespace Edgewise.Runtime.Formats;

/// <summary>What a point stands for.</summary>
public enum PointKind : byte
{
    /// <summary>The entry block of a method.</summary>
    Entry,

    /// <summary>Any other block.</summary>
    Block,

    /// <summary>A critical edge, which was split and so owns a point.</summary>
    Edge,
}
