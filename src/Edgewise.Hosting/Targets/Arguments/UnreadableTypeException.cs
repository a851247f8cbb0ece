namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>No value of a type can be read from an input; the message says why.</summary>
internal sealed class UnreadableTypeException(string message) : Exception(message);
