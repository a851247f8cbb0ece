namespace Edgewise.Fuzzing.Afl;

/// <summary>A launcher that was written.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Signature">Its method.</param>
/// <param name="Modules">Instrumented modules.</param>
/// <param name="PointCount">Their edges.</param>
/// <param name="Seeds">A folder with first inputs that the target names; null for none.</param>
public sealed record AflLaunch(string Path, string Target, string Signature, IReadOnlyList<string> Modules, int PointCount, string? Seeds);
