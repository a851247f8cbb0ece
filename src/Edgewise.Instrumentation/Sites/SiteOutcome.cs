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
}
