namespace Edgewise.Sancov.Symcov;

/// <summary>A point of a <c>.symcov</c> in one of the functions that it stands in.</summary>
/// <param name="Id">Its PC in lower-case hex; with a number before it where several binaries are united.</param>
/// <param name="File">The source; empty where that is unknown.</param>
/// <param name="Function">The function.</param>
/// <param name="Line">The line; 0 where that is unknown.</param>
/// <param name="Column">The column; 0 where there is none.</param>
public sealed record SymcovPoint(string Id, string File, string Function, int Line, int Column);
