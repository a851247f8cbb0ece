namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>A callback that must come before an instruction.</summary>
/// <param name="Width">Bytes of its values.</param>
/// <param name="Constant">The constant, or null.</param>
/// <param name="ValueAt">Place of the value beside a constant, or of a switch's, counted from the top of the stack.</param>
/// <param name="Cases">Cases of a switch, ascending, or null.</param>
/// <param name="Base">What is added to the value of a switch.</param>
/// <param name="IsFloat">True if the values are floating point.</param>
internal sealed record ExpectedSite(int Width, ulong? Constant, int ValueAt, ulong[]? Cases, int Base, bool IsFloat);
