using Edgewise.Hosting;
using Edgewise.Hosting.Images;
using Edgewise.Native;

namespace Edgewise.Showmap.Replay.Targets;

/// <summary>Loads a target of any kind.</summary>
internal static class ReplayTarget
{
    /// <summary>Loads it.</summary>
    /// <exception cref="HostingException">There is no such target, it cannot be one, or none of its points is counted.</exception>
    public static IReplayTarget Load(ReplaySettings settings, ImageCache cache) =>
        NativeTarget.IsNamedBy(settings.TargetPath) ? NativeReplayTarget.Load(settings) : ManagedTarget.Load(settings, cache);
}
