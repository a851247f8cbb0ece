namespace Edgewise.Instrumentation;

/// <summary>A method that has a body but was left as it was.</summary>
/// <param name="Token">MethodDef token.</param>
/// <param name="Name">Full name, <c>Namespace.Type.Method</c>.</param>
/// <param name="Id">Stable id of the reason, for example <c>EW1001</c>; see <c>docs/diagnostics.md</c>.</param>
/// <param name="Reason">The reason in words.</param>
public sealed record MethodLeftOut(int Token, string Name, string Id, string Reason);
