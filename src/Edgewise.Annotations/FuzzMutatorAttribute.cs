namespace Edgewise.Annotations;

/// <summary>
/// Marks the mutator of the fuzz targets in the same class; it takes the place of all mutators of the engine, as <c>LLVMFuzzerCustomMutator</c> does.
/// The method is <c>static int Name(Span&lt;byte&gt; room, int length, ulong seed)</c>: the input stands in the first <c>length</c> bytes of the room, is
/// changed in its place, and its new length is returned; 0 where it could not be changed. The seed is its only source of chance.
/// </summary>
/// <remarks><see cref="EngineMutation.Apply"/> does what the engine's own mutators do.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FuzzMutatorAttribute : Attribute;
