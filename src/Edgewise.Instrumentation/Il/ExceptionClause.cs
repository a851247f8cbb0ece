namespace Edgewise.Instrumentation.Il;

/// <summary>One exception-handling clause of a body (ECMA-335 II.25.4.6); offsets are in the IL.</summary>
/// <param name="Kind">0 catch, 1 filter, 2 finally, 4 fault.</param>
/// <param name="TryStart">First byte of the protected region.</param>
/// <param name="TryEnd">First byte behind it.</param>
/// <param name="HandlerStart">First byte of the handler.</param>
/// <param name="HandlerEnd">First byte behind it.</param>
/// <param name="TokenOrFilter">Class token of a catch, start of a filter.</param>
internal readonly record struct ExceptionClause(
    int Kind, int TryStart, int TryEnd, int HandlerStart, int HandlerEnd, int TokenOrFilter)
{
    /// <summary><see cref="Kind"/> of a clause with a filter.</summary>
    public const int Filter = 1;

    /// <summary><see cref="Kind"/> of a finally clause.</summary>
    public const int Finally = 2;

    /// <summary><see cref="Kind"/> of a fault clause.</summary>
    public const int Fault = 4;

    /// <summary>True if the clause has a filter block.</summary>
    public bool HasFilter => Kind == Filter;
}
