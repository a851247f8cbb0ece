namespace Edgewise.Annotations;

/// <summary>
/// Marks a static method as a fuzz target: it is called again and again with inputs that a fuzzer makes. It takes the whole input
/// (<c>ReadOnlySpan&lt;byte&gt;</c>, <c>byte[]</c>, <c>Stream</c>, <c>string</c>), a <see cref="FuzzedDataProvider"/>, or values that are read from one.
/// </summary>
/// <param name="name">The name by which commands and reports call it; null for <c>Namespace.Type.Method</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class FuzzTargetAttribute(string? name = null) : Attribute
{
    /// <summary>The name by which commands and reports call it; null for <c>Namespace.Type.Method</c>.</summary>
    public string? Name { get; } = name;

    /// <summary>Length in bytes of the longest input that makes sense, where the command line does not say; 0 for the fuzzer's own limit.</summary>
    public int MaxLength { get; set; }

    /// <summary>Path of a dictionary in the format of libFuzzer and AFL, relative to the folder of the target's assembly.</summary>
    public string? Dictionary { get; set; }

    /// <summary>Path of a folder with first inputs, relative to the folder of the target's assembly.</summary>
    public string? Seeds { get; set; }
}
