namespace Edgewise.Runtime.Formats;

/// <summary>A module in a <see cref="RunRecord"/>.</summary>
/// <param name="Name">File name with extension.</param>
/// <param name="Path">Where it was loaded from, or empty.</param>
/// <param name="OriginalHash">SHA-256 of the original image, 64 lower-case hex digits.</param>
/// <param name="PointCount">Number of points.</param>
/// <param name="CoveredCount">How many of them were hit.</param>
/// <param name="SancovFile">Name of its <c>.sancov</c> in the same folder; null where no point was hit.</param>
/// <param name="PointsFile">Name of its point set in the same folder.</param>
public sealed record RunModule(
    string Name, string Path, string OriginalHash, int PointCount, int CoveredCount, string? SancovFile, string PointsFile);
