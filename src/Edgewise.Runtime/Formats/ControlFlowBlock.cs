namespace Edgewise.Runtime.Formats;

/// <summary>A row of the control-flow table.</summary>
/// <param name="Pc">RVA of the block in the original image.</param>
/// <param name="Successors">PCs of its successors, handlers last.</param>
/// <param name="Callees">
/// What it calls, in order: the RVA of a method's first IL byte, <see cref="ControlFlow.Indirect"/>, or <see cref="ControlFlow.ElsewhereBase"/> and a token.
/// </param>
public sealed record ControlFlowBlock(int Pc, int[] Successors, long[] Callees);
