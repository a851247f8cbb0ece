namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>An instruction whose operands were asked for.</summary>
/// <param name="Offset">IL offset of the instruction.</param>
/// <param name="Start">Offset of its first prefix, or its own: where code may be put in front of it.</param>
/// <param name="Kind">What it is; one member of <see cref="SiteKinds"/>.</param>
/// <param name="Type">
/// What is compared (the type that holds both operands; a constant takes the other's where it fits), tested, switched on, divided (as wide as
/// the operands' kind), indexed by, or the address or object that is accessed. <see cref="StackType.None"/> for calls, function pointers and static fields. Its width is the width to trace.
/// </param>
/// <param name="Reason">Why <paramref name="Type"/> is not known; <see cref="SkipReason.None"/> where it is, be it an integer or not.</param>
/// <param name="FirstOperand">Where its operands begin, for <see cref="StackTypeAnalysis.Operands"/>.</param>
/// <param name="OperandCount">How many operands there are; 0 where the code is not reached.</param>
internal readonly record struct StackSite(
    int Offset, int Start, SiteKinds Kind, StackType Type, SkipReason Reason, int FirstOperand, int OperandCount);
