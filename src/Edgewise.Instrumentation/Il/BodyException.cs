namespace Edgewise.Instrumentation.Il;

/// <summary>A body that cannot be handled; the method is left as it is and reported under <see cref="Id"/>.</summary>
internal sealed class BodyException(string id, string message) : Exception(message)
{
    /// <summary>The header, a section or an instruction is damaged or is cut off.</summary>
    public const string Malformed = "EW1001";

    /// <summary>A branch or a region does not begin at an instruction.</summary>
    public const string MisplacedTarget = "EW1002";

    /// <summary>A probe would come between a prefix, or a tail call, and what it binds to.</summary>
    public const string SplitPair = "EW1003";

    /// <summary>There are more points than bytes of IL, so that PCs cannot be one to one.</summary>
    public const string NoFreePc = "EW1004";

    /// <summary>The body overlaps another method's.</summary>
    public const string Overlap = "EW1005";

    /// <summary>What the method returns is not known, so that its exits cannot be traced.</summary>
    public const string UnknownReturn = "EW1006";

    /// <summary>With what would be inserted the body has more local variables than instructions can name.</summary>
    public const string TooManyLocals = "EW1007";

    /// <summary>Stable id, explained in <c>docs/diagnostics.md</c>.</summary>
    public string Id { get; } = id;
}
