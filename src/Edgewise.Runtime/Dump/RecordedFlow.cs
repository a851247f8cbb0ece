using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Dump;

/// <summary>What a process recorded beside its counters.</summary>
/// <param name="Calls">Indirect calls that happened; empty where none was traced.</param>
/// <param name="Traces">Per traced thread the points that it went through; empty where none was traced.</param>
/// <param name="Compares">What sites compared last, as <see cref="ComparesFile"/> has it; null or empty where nothing was.</param>
public sealed record RecordedFlow(IReadOnlyList<CallPair> Calls, IReadOnlyList<ThreadTrace> Traces, byte[]? Compares = null)
{
    /// <summary>Nothing.</summary>
    public static RecordedFlow None { get; } = new([], []);
}
