namespace Edgewise.Instrumentation.Sites;

/// <summary>Comparisons of one variable with constants, one behind the other, as a compiler makes them of a <c>switch</c> with gaps.</summary>
/// <param name="Head">Offset of the first comparison.</param>
/// <param name="Cases">The constants that it is compared with, sign-extended, unless the code extends them otherwise; in no order.</param>
internal sealed record SwitchChain(int Head, long[] Cases);
