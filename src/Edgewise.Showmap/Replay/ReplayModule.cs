namespace Edgewise.Showmap.Replay;

/// <summary>A module whose points are counted.</summary>
/// <param name="Domain">What its identities begin with: <c>cil</c>, <c>sancov</c> or <c>evm</c>.</param>
/// <param name="Name">File name.</param>
/// <param name="Path">Where its original is.</param>
/// <param name="Hash">What tells its builds, in hex: SHA-256 of the original image, or the build id of an ELF object.</param>
/// <param name="Points">How many points it has.</param>
public sealed record ReplayModule(string Domain, string Name, string Path, string Hash, int Points);
