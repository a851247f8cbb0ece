namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>A reference to a boxed value, as opposed to the value itself.</summary>
/// <param name="Value">The box.</param>
internal sealed record Boxed(object Value);
