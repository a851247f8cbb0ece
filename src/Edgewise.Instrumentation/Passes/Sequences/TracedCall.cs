namespace Edgewise.Instrumentation.Passes.Sequences;

/// <summary>How the operands of a call are handed on before it.</summary>
/// <param name="Tracer">Token of the method of <c>SequenceCompares</c>.</param>
/// <param name="Arguments">Types of all that the call takes from the stack, as in a signature.</param>
/// <param name="Operands">Indexes of those that the tracer takes, in its order.</param>
/// <param name="Sample">Token of a literal that it takes behind them, or 0.</param>
/// <param name="IsUtf16">True where characters are compared.</param>
internal sealed record TracedCall(int Tracer, byte[][] Arguments, int[] Operands, int Sample, bool IsUtf16);
