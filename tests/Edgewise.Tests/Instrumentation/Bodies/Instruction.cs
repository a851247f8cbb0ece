using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>One decoded instruction.</summary>
/// <param name="Offset">Where its opcode stands in the body.</param>
/// <param name="End">First byte behind it.</param>
/// <param name="OpCode">What it does.</param>
/// <param name="Operand">Its operand: a number, the bits of a float, a token, or the offset that it branches to.</param>
/// <param name="Targets">Offsets that a switch leads to, or null.</param>
internal readonly record struct Instruction(int Offset, int End, OpCode OpCode, long Operand, int[]? Targets)
{
    /// <summary>True for a branch to one target, conditional or not, and for <c>leave</c>.</summary>
    public bool IsBranch => OpCode.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget;

    /// <summary>True for a branch or a switch that may also go on with the next instruction.</summary>
    public bool IsConditional => OpCode.FlowControl == FlowControl.Cond_Branch;

    /// <summary>True for <c>br</c> in either form.</summary>
    public bool IsGoto => OpCode == OpCodes.Br || OpCode == OpCodes.Br_S;

    /// <summary>The value that a form of <c>ldc.i4</c> pushes, or null.</summary>
    public int? Constant =>
        OpCode.Value >= OpCodes.Ldc_I4_M1.Value && OpCode.Value <= OpCodes.Ldc_I4_8.Value ? OpCode.Value - OpCodes.Ldc_I4_0.Value
        : OpCode == OpCodes.Ldc_I4_S || OpCode == OpCodes.Ldc_I4 ? (int)Operand
        : null;

    /// <inheritdoc/>
    public override string ToString() =>
        $"IL_{Offset:x4} {OpCode.Name} {(Targets is null ? Operand.ToString("x") : string.Join(',', Targets))}";
}
