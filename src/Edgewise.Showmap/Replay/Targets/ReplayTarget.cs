using Edgewise.Hosting;
using Edgewise.Hosting.Images;

namespace Edgewise.Showmap.Replay.Targets;

/// <summary>Loads a target of any kind.</summary>
internal static class ReplayTarget
{
    private const string NativeExtension = ".so";

    /// <summary>True for a path that names a shared object.</summary>
    public static bool IsNative(string path) => path.EndsWith(NativeExtension, StringComparison.Ordinal) || path.Contains(NativeExtension + ".", StringComparison.Ordinal);

    /// <summary>Loads it.</summary>
    /// <exception cref="HostingException">There is no such target, it cannot be one, or none of its points is counted.</exception>
    public static IReplayTarget Load(ReplaySettings settings, ImageCache cache) =>
        IsNative(settings.TargetPath) ? NativeReplayTarget.Load(settings) : ManagedTarget.Load(settings, cache);
}
