namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>A call of a check, with what a kernel answered.</summary>
/// <param name="Call">The call, as it stands in the text.</param>
/// <param name="Answer">0, a number that stands for a descriptor, or a negated error.</param>
/// <param name="Memory">What had changed behind it.</param>
public sealed record RecordedCall(string Call, int Answer, List<RecordedMemory> Memory);
