namespace Edgewise.Native;

/// <summary>An array of points that an ELF object registered. An object built with several features has several, of the same points.</summary>
/// <param name="Image">The object.</param>
/// <param name="Kind">How its points are counted.</param>
/// <param name="FirstPoint">Number of its first point in the process.</param>
/// <param name="PointCount">Number of points, or of slots for <see cref="NativeModuleKind.TracePc"/>.</param>
/// <param name="KnowsAllPcs">PCs are known of points that were not reached, too.</param>
public sealed record NativeModule(NativeObject Image, NativeModuleKind Kind, long FirstPoint, int PointCount, bool KnowsAllPcs)
{
    /// <summary>Where its counters lie in the process; 0 where they are in the map.</summary>
    internal nint Address { get; init; }
}
