namespace Edgewise.Symbols.Dwarf;

/// <summary>Where a text of debug information stands.</summary>
internal enum DwarfTextKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>In place.</summary>
    Inline,

    /// <summary>In <c>.debug_str</c>.</summary>
    Offset,

    /// <summary>In <c>.debug_line_str</c>.</summary>
    LineOffset,

    /// <summary>In <c>.debug_str</c>, at the offset that <c>.debug_str_offsets</c> has under a number.</summary>
    Index,
}
