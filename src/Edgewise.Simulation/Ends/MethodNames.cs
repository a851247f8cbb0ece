namespace Edgewise.Simulation.Ends;

/// <summary>Names of methods as their author wrote them.</summary>
internal static class MethodNames
{
    /// <summary>
    /// <c>Type.Method</c>, where the compiler made a state machine or a closure of it too: <c>Type+&lt;Method&gt;d__3.MoveNext</c> and
    /// <c>Type+&lt;&gt;c.&lt;Method&gt;b__3_0</c> are both <c>Type.Method</c>. The numbers that it adds change with the code around them.
    /// </summary>
    public static string Of(Type type, string method)
    {
        string name = Inner(method) ?? method;
        Type owner = type;
        while (owner.Name.StartsWith('<') && owner.DeclaringType is { } outer)
        {
            name = Inner(owner.Name) ?? name;
            owner = outer;
        }

        // A lambda that is async is a machine made of "<Method>b__3_0", named "<<Method>b__3_0>d".
        name = Inner(name) ?? name;
        return $"{owner.FullName?.Replace('+', '.') ?? owner.Name}.{name}";
    }

    // "Method" of "<Method>d__3"; null if there is none between the brackets.
    private static string? Inner(string name)
    {
        int end = name.LastIndexOf('>');
        return name.StartsWith('<') && end > 1 ? name[1..end] : null;
    }
}
