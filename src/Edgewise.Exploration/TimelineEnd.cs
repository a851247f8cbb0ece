namespace Edgewise.Exploration;

/// <summary>How a run ended.</summary>
/// <param name="Bug">The kind of its abnormal end; null for a good one.</param>
/// <param name="Signature">What makes two bugs the same, in one line: the property, or the exception's type and its top frames in user code. Empty for a good end.</param>
/// <param name="Message">What a person wants to read first; may have several lines.</param>
public sealed record TimelineEnd(BugKind? Bug, string Signature, string Message)
{
    /// <summary>The run ended as it should.</summary>
    public static TimelineEnd Good { get; } = new(null, "", "");
}
