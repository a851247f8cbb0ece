using System.Reflection;

namespace Edgewise.Bench.Peers;

/// <summary>Stands in for a peer's logger: answers every call of an interface with nothing.</summary>
public class SilentProxy : DispatchProxy
{
    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
}
