namespace Edgewise.Instrumentation.Selection;

/// <summary>Which methods of a module are instrumented: an allow list and an ignore list in clang's format.</summary>
public sealed class CodeSelection
{
    /// <summary>No lists: every method.</summary>
    public static CodeSelection Everything { get; } = new();
}
