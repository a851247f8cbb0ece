using Edgewise.Showmap.Differential.OverTime;

namespace Edgewise.Showmap.Differential;

/// <summary>One measured campaign of an approach.</summary>
/// <param name="Name">Its file's name without the last extension; of entries the part in front of <c>__</c>.</param>
/// <param name="Edges">What it covers; at least one edge.</param>
/// <param name="EdgeCount">How many edges that are.</param>
/// <param name="Growth">How coverage grew with its entries; null where a trial is one file, or times were not asked for.</param>
public sealed record Trial(string Name, EdgeSet Edges, int EdgeCount, CoverageGrowth? Growth);
