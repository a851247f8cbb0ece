using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>Reads a value of a parameter from an input.</summary>
/// <param name="data">What is left of the input.</param>
/// <param name="depth">How many objects are around it.</param>
internal delegate T ValueReader<out T>(FuzzedDataProvider data, int depth);
