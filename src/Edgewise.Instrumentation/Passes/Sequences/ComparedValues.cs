namespace Edgewise.Instrumentation.Passes.Sequences;

/// <summary>The framework's types whose values are compared by calls, and have texts that can be read back.</summary>
internal static class ComparedValues
{
    private static readonly HashSet<string> Structures =
    [
        "System.Decimal", "System.Half", "System.Int128", "System.UInt128", "System.Numerics.BigInteger",
        "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan",
    ];

    private static readonly HashSet<string> Classes = ["System.Version", "System.Net.IPAddress"];

    private static readonly HashSet<string> Methods =
    [
        "op_Equality", "op_Inequality", "op_LessThan", "op_LessThanOrEqual", "op_GreaterThan", "op_GreaterThanOrEqual", "Equals", "Compare", "CompareTo",
    ];

    /// <summary>Full names of the types.</summary>
    public static IEnumerable<string> Types => Structures.Concat(Classes);

    /// <summary>True for a structure: its methods get a pointer to it.</summary>
    public static bool IsStructure(string? type) => type is not null && Structures.Contains(type);

    /// <summary>True for one of the types.</summary>
    public static bool IsType(string? type) => IsStructure(type) || (type is not null && Classes.Contains(type));

    /// <summary>True for a comparison of two values.</summary>
    public static bool IsComparison(string type, string name) => IsType(type) && Methods.Contains(name);
}
