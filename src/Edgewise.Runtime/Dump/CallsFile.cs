namespace Edgewise.Runtime.Dump;

/// <summary>
/// The caller–callee file that a process leaves beside the map of its parent, which cannot see these pairs: <c>MAP.calls</c>, in the form of
/// <c>caller-callee.PID.sancov</c>.
/// </summary>
public static class CallsFile
{
    /// <summary>Where it is.</summary>
    public static string PathOf(string mapPath) => $"{mapPath}.calls";
}
