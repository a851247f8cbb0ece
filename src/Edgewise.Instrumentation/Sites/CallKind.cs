namespace Edgewise.Instrumentation.Sites;

/// <summary>How the callee of a <c>callvirt</c> is found.</summary>
internal enum CallKind
{
    /// <summary>It is known: the method is not virtual, or nothing can override it.</summary>
    Direct,

    /// <summary>By the receiver's type.</summary>
    Virtual,

    /// <summary>By the receiver's type and by type arguments of the caller.</summary>
    InContext,

    /// <summary>It is a delegate's target.</summary>
    Target,

    /// <summary>It is a member <c>Invoke</c> of a type that is not at hand: a delegate's target, or by the receiver's type.</summary>
    PerhapsTarget,

    /// <summary>The method has a variable number of arguments, or its metadata is damaged.</summary>
    Unknown,
}
