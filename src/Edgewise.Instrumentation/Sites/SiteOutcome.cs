namespace Edgewise.Instrumentation.Sites;

/// <summary>What a pass did with a site.</summary>
internal enum SiteOutcome
{
    /// <summary>It is none of the pass's.</summary>
    Ignored,

    /// <summary>It is traced.</summary>
    Traced,

    /// <summary>Its type is known, and not one that is traced: objects, pointers, truth values.</summary>
    NotTraced,

    /// <summary>All operands are constants, or it is part of a site that is traced as a whole.</summary>
    Redundant,

    /// <summary>Its type is not known.</summary>
    Unknown,

    /// <summary>How many bytes it accesses is known at run time only: a structure, or a type parameter.</summary>
    UnknownSize,

    /// <summary>What lies on top of the operand has a type that no local variable can be given.</summary>
    Unnamed,

    /// <summary>The callback class does not declare the callback for it, and the Runtime does nothing with it.</summary>
    NoCallback,
}
