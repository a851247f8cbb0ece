namespace Edgewise.Instrumentation.Il;

/// <summary>Shape of an opcode's operand.</summary>
internal enum OperandKind
{
    /// <summary>No operand.</summary>
    None = 0,

    /// <summary>One byte that is no branch distance.</summary>
    OneByte = 1,

    /// <summary>Two bytes.</summary>
    TwoBytes = 2,

    /// <summary>Four bytes: an integer, a float or a token.</summary>
    FourBytes = 3,

    /// <summary>Eight bytes.</summary>
    EightBytes = 4,

    /// <summary>A signed byte, the branch distance from the next instruction.</summary>
    ShortBranch = 5,

    /// <summary>Four bytes of branch distance.</summary>
    LongBranch = 6,

    /// <summary>A count and as many four-byte distances.</summary>
    Switch = 7,
}
