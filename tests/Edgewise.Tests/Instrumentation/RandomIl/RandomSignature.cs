namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>What callers need to know of a random method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Token">Its MethodDef token.</param>
/// <param name="Parameters">Types of its parameters.</param>
/// <param name="Result">Type that it returns.</param>
/// <param name="Cost">About how many instructions a call runs at most.</param>
/// <param name="ReachesFinally">True if it, or one that it calls, has a finally or fault block.</param>
internal sealed record RandomSignature(string Name, int Token, List<ValueType> Parameters, ValueType Result, int Cost, bool ReachesFinally)
{
    private static readonly ValueType[] Types = Enum.GetValues<ValueType>();

    /// <summary>A random signature.</summary>
    public static RandomSignature Of(Random random, string name, int token) => new(
        name, token, [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Types[random.Next(Types.Length)])], Types[random.Next(Types.Length - 1)], 0, false);
}

/// <summary>What a local variable is.</summary>
internal enum LocalForm
{
    Plain,
    Reference,
    Array,
    Structure,
}

/// <summary>A local variable.</summary>
/// <param name="Form">What it is.</param>
/// <param name="Type">Its type, that of what it refers to, or of its elements.</param>
/// <param name="Index">Its number.</param>
internal sealed record RandomLocal(LocalForm Form, ValueType Type, int Index)
{
    /// <summary>True for what counts the turns of a loop: nothing else may write it.</summary>
    public bool IsCounter { get; init; }

    /// <summary>How many comparisons with constants stand right behind a load of it: more than two could look like a switch.</summary>
    public int PlainTests { get; set; }
}
