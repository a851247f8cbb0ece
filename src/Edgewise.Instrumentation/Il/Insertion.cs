namespace Edgewise.Instrumentation.Il;

/// <summary>IL that goes in front of an instruction, or takes its place.</summary>
/// <param name="Offset">Original offset of the instruction, or of its first prefix.</param>
/// <param name="Replaced">Bytes of the original that it takes the place of; 0: none.</param>
/// <param name="Start">Where its IL begins in <see cref="BodyInsertions"/>.</param>
/// <param name="Length">Bytes of it.</param>
/// <param name="LeavesBody">It ends with a long <c>leave</c>, which is to lead to <see cref="BodyFrame.End"/>.</param>
internal readonly record struct Insertion(int Offset, int Replaced, int Start, int Length, bool LeavesBody);
