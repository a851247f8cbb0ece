namespace Edgewise.Instrumentation;

/// <summary>A module as a whole cannot be instrumented. The message names the reason; <see cref="Id"/> is explained in <c>docs/diagnostics.md</c>.</summary>
public sealed class InstrumentationException : Exception
{
    /// <summary>Makes the exception from a stable id such as <c>EW1101</c> and a reason that a user can act on.</summary>
    public InstrumentationException(string id, string message) : base(message) => Id = id;

    /// <summary>Stable id, for example <c>EW1101</c>.</summary>
    public string Id { get; }
}
