namespace Edgewise.Showmap.Files;

/// <summary>What a point's name says of the code that it stands in.</summary>
/// <param name="Domain">Kind of the point: one of <see cref="PointDomain"/>.</param>
/// <param name="Hash">What tells builds, in hex and in full.</param>
public readonly record struct CodeModule(string Domain, string Hash);
