namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Why the type of a value or of a site is not known.</summary>
internal enum SkipReason : byte
{
    /// <summary>It is known.</summary>
    None,

    /// <summary>No path from the entry leads there.</summary>
    Unreachable,

    /// <summary>The body is not valid IL, or it refers to damaged metadata.</summary>
    Malformed,

    /// <summary>An enumeration of an assembly that is not at hand, and nothing beside it tells its width.</summary>
    UnresolvedType,

    /// <summary>A value whose type is a type parameter.</summary>
    GenericParameter,

    /// <summary>Two paths leave values of different kinds.</summary>
    MergeConflict,
}
