namespace Edgewise.Annotations;

/// <summary>
/// Marks the cross-over of the fuzz targets in the same class, as <c>LLVMFuzzerCustomCrossOver</c> is one. The method is
/// <c>static int Name(ReadOnlySpan&lt;byte&gt; first, ReadOnlySpan&lt;byte&gt; second, Span&lt;byte&gt; result, ulong seed)</c>: it makes one input of two and returns
/// its length; 0 where it could not.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FuzzCrossOverAttribute : Attribute;
