namespace Edgewise.Runtime.Formats;

/// <summary>The low three bits of a block's first number in a written point set; the bits above are its length.</summary>
internal static class BlockCode
{
    /// <summary>A block whose point has the PC of its first IL byte.</summary>
    public const int Point = 0;

    /// <summary>A block that others imply: their number and indices follow.</summary>
    public const int Implied = 1;

    /// <summary>A split edge with a point: the distance of its PC from the current offset follows.</summary>
    public const int EdgePoint = 2;

    /// <summary>A split edge without a point: number and indices of implying blocks follow.</summary>
    public const int EdgeImplied = 3;

    /// <summary>A block whose point has another PC: the distance from its first byte follows.</summary>
    public const int DisplacedPoint = 4;

    /// <summary>A block that has no point and that nothing implies: unreachable, or outside the level.</summary>
    public const int Silent = 5;

    /// <summary>A block that the two behind it imply, as after most conditional branches; nothing follows.</summary>
    public const int ImpliedByNextTwo = 6;

    /// <summary>A block that the two before it imply, as where two ways meet; nothing follows.</summary>
    public const int ImpliedByLastTwo = 7;

    public const int Bits = 3;
    public const int Mask = (1 << Bits) - 1;

    /// <summary>Longest body whose blocks' lengths fit beside the code in 32 bits.</summary>
    public const int LongestBody = int.MaxValue >> Bits;

    /// <summary>MethodDef tokens begin here.</summary>
    public const int MethodDef = 0x06000000;

    public const int HighestRow = 0x00FFFFFF;
}
