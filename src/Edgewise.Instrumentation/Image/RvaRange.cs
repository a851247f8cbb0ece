namespace Edgewise.Instrumentation.Image;

/// <summary>Bytes of an image from <paramref name="Start"/> up to, without, <paramref name="End"/>.</summary>
internal readonly record struct RvaRange(int Start, int End);
