namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>Something that kcov does, with what is to be seen.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Expected">What is to be seen.</param>
/// <param name="Observe">Does it, and tells what was seen.</param>
public sealed record ConformanceCheck(string Name, string Expected, Func<KernelLab, string> Observe);
