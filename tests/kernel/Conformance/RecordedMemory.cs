namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>Words that a kernel wrote into an area.</summary>
/// <param name="Device">Number of the device in its check.</param>
/// <param name="Offset">Where the area begins in the device, in bytes.</param>
/// <param name="From">Number of the first word.</param>
/// <param name="Words">The words.</param>
public sealed record RecordedMemory(int Device, long Offset, int From, ulong[] Words);
