namespace Edgewise.Fuzzing.Guidance;

/// <summary>A comparison that the target made.</summary>
/// <param name="Site">Where, process-wide.</param>
/// <param name="Kind">What was compared.</param>
/// <param name="Width">Bytes of a number.</param>
/// <param name="IsConstant">True where the left number is a constant.</param>
/// <param name="Left">The left number.</param>
/// <param name="Right">The right number.</param>
/// <param name="Start">Where the left sequence stands in the log's text, with the right one behind it; for a switch, where its values stand.</param>
/// <param name="LeftLength">Bytes that were kept of the left sequence; for a switch, of its values.</param>
/// <param name="RightLength">Bytes that were kept of the right sequence.</param>
internal readonly record struct CompareEvent(
    int Site, CompareKind Kind, byte Width, bool IsConstant, ulong Left, ulong Right, int Start, int LeftLength, int RightLength)
{
    /// <summary>True where nothing was logged.</summary>
    public bool IsEmpty => Width == 0 && LeftLength + RightLength == 0;

    /// <summary>True for two numbers that differ.</summary>
    public bool IsUnequal => Kind == CompareKind.Numbers && Left != Right;
}
