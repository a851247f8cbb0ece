namespace Edgewise.Sancov.Compares;

/// <summary>What one traced site compared last.</summary>
/// <param name="Module">File name of its module, as it stands in names of files.</param>
/// <param name="Pc">RVA of its instruction in the original image.</param>
/// <param name="Kind"><c>cmp</c>, <c>const-cmp</c> (the constant first), <c>switch</c>, <c>div</c>, <c>gep</c>; for texts and spans <c>chars</c> or <c>bytes</c>.</param>
/// <param name="Width">Bytes of its values: 1, 2, 4 or 8; of <c>chars</c> and <c>bytes</c> those of an element.</param>
/// <param name="Values">One value or two: numbers as <c>0x2a</c>, characters as they are, bytes as hex digits.</param>
/// <param name="Text">Kind and values as they stand in the file.</param>
public sealed record RecordedCompare(string Module, int Pc, string Kind, int Width, IReadOnlyList<string> Values, string Text);
