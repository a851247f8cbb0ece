namespace Edgewise.Instrumentation.Passes.Sequences;

/// <summary>The framework's methods that compare strings, spans and the like, and those that look up by key.</summary>
internal static class SequenceMethods
{
    private static readonly Dictionary<string, HashSet<string>> Comparisons = new(StringComparer.Ordinal)
    {
        ["System.String"] =
        [
            "op_Equality", "op_Inequality", "Equals", "Compare", "CompareOrdinal", "CompareTo", "StartsWith", "EndsWith", "IndexOf", "LastIndexOf", "Contains",
            "Split", "IndexOfAny", "LastIndexOfAny",
        ],
        ["System.Object"] = ["Equals"],
        ["System.StringComparer"] = ["Equals", "Compare"],
        ["System.MemoryExtensions"] =
        [
            "SequenceEqual", "SequenceCompareTo", "Equals", "CompareTo", "StartsWith", "EndsWith", "IndexOf", "LastIndexOf", "Contains",
            "IndexOfAny", "LastIndexOfAny",
        ],
        ["System.ReadOnlySpan`1"] = ["op_Equality", "op_Inequality"],
        ["System.Span`1"] = ["op_Equality", "op_Inequality"],
        ["System.Array"] = ["IndexOf", "LastIndexOf"],
        ["System.Text.Ascii"] = ["Equals", "EqualsIgnoreCase"],
        ["System.Guid"] = ["op_Equality", "op_Inequality", "Equals", "CompareTo"],
        // Records compare their members by it.
        ["System.Collections.Generic.EqualityComparer`1"] = ["Equals"],
    };

    private static readonly Dictionary<string, HashSet<string>> LookUps = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.Dictionary`2"] = ["TryGetValue", "ContainsKey", "get_Item", "Remove"],
        ["System.Collections.Generic.IDictionary`2"] = ["TryGetValue", "ContainsKey", "get_Item", "Remove"],
        ["System.Collections.Generic.IReadOnlyDictionary`2"] = ["TryGetValue", "ContainsKey", "get_Item"],
        ["System.Collections.Concurrent.ConcurrentDictionary`2"] = ["TryGetValue", "ContainsKey", "get_Item", "TryRemove"],
        ["System.Collections.Generic.HashSet`1"] = ["Contains", "TryGetValue", "Remove"],
        ["System.Collections.Frozen.FrozenDictionary`2"] = ["TryGetValue", "ContainsKey", "get_Item", "GetValueRefOrNullRef"],
        ["System.Collections.Frozen.FrozenSet`1"] = ["Contains", "TryGetValue"],
    };

    /// <summary>Full names of the types that have such methods.</summary>
    public static IEnumerable<string> Types => Comparisons.Keys.Concat(ComparedValues.Types).Concat(LookUps.Keys);

    /// <summary>True for a comparison: of its first two arguments that are sequences or values, or a sequence and an element.</summary>
    public static bool IsComparison(string type, string name) =>
        (Comparisons.TryGetValue(type, out HashSet<string>? names) && names.Contains(name)) || ComparedValues.IsComparison(type, name);

    /// <summary>True for a look-up of its first parameter in its receiver.</summary>
    public static bool IsLookUp(string type, string name) => LookUps.TryGetValue(type, out HashSet<string>? names) && names.Contains(name);
}
