using Edgewise.Runtime.Formats;

namespace Edgewise.Native;

/// <summary>The operands that a site of <c>trace-cmp</c>, <c>trace-div</c>, <c>trace-gep</c>, <c>trace-loads</c> or <c>trace-stores</c> saw last.</summary>
/// <param name="Place">The call of the callback: one byte before its return address.</param>
/// <param name="Kind">What was told: two values, a constant and a value, the value of a switch, a divisor, an index, an address.</param>
/// <param name="Width">Bytes of a value; of the access for loads and stores.</param>
/// <param name="Left">The left value or the constant; the only one of a switch, a divisor, an index or an access.</param>
/// <param name="Right">The right value, or the one that was compared with the constant; otherwise 0.</param>
/// <param name="Hits">How often it was told, up to 2³² - 1; what a second thread told meanwhile is not counted.</param>
/// <param name="Cases">The cases of a switch, ascending; otherwise empty.</param>
public sealed record NativeCompare(NativePlace Place, SiteKind Kind, int Width, ulong Left, ulong Right, uint Hits, IReadOnlyList<ulong> Cases);
