namespace Edgewise.Instrumentation.Il;

/// <summary>Where control goes after an instruction.</summary>
internal enum FlowKind
{
    /// <summary>To the next instruction.</summary>
    Next = 0,

    /// <summary>To its target only (<c>br</c>, <c>leave</c>).</summary>
    Branch = 1,

    /// <summary>To a target or to the next instruction.</summary>
    ConditionalBranch = 2,

    /// <summary>Out of the body or region: <c>ret</c>, <c>throw</c>, <c>rethrow</c>, <c>jmp</c>, <c>endfinally</c>, <c>endfilter</c>.</summary>
    End = 3,
}
