using Edgewise.Report.Model;

namespace Edgewise.Report.Building;

/// <summary>What one point or block says of one line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Function">Number of the function of the source; copies of it (inlined, templates) have the same.</param>
/// <param name="Copy">Number of the copy: samples of one function in one copy belong together.</param>
/// <param name="State">Covered, Uncovered or Implied.</param>
/// <param name="Weight">How much it says.</param>
/// <param name="Hits">How often it ran; null where no counter tells.</param>
internal readonly record struct LineSample(int Line, int Function, int Copy, LineState State, SampleWeight Weight, HitCount? Hits);
