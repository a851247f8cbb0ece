using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.Comparisons;

/// <summary>Which operands of the framework's comparisons are seen, and that the comparisons give what they always gave.</summary>
public sealed class SequenceCompareTests
{
    // The keys of some tables are kept in places that belong to another table until they were asked for sixteen times.
    private const int MostLooks = 20;

    private const string LongText = "0123456789012345678901234567890123456789012345678901234567890123456789";
    private static readonly Lazy<TracedLibrary> Library = new(() => new TracedLibrary(Compilation.Image("Sequences", Source())));

    /// <summary>Name, parameters and expression of a method, arguments, and what is to be seen.</summary>
    public static TheoryData<string, string, string, object?[], string> Methods { get; } = new()
    {
        { "Equality", "string a, string b", "a == b", ["left", "right"], "left|right" },
        { "Inequality", "string a, string b", "a != b", ["left", "right"], "left|right" },
        { "Literal", "string a", "a == \"literal\"", ["x"], "x|literal" },
        { "EmptyLiteral", "string a", "a == \"\"", ["x"], "x|" },
        { "EqualsInstance", "string a, string b", "a.Equals(b)", ["left", "right"], "left|right" },
        { "EqualsObject", "string a, object b", "a.Equals(b)", ["left", "right"], "left|right" },
        { "EqualsOtherObject", "string a, object b", "a.Equals(b)", ["left", 5], "" },
        { "EqualsIgnoringCase", "string a, string b", "a.Equals(b, System.StringComparison.OrdinalIgnoreCase)", ["left", "LEFT"], "left|LEFT" },
        { "EqualsStatic", "string a, string b", "string.Equals(a, b)", ["left", "right"], "left|right" },
        { "EqualsStaticComparison", "string a, string b", "string.Equals(a, b, System.StringComparison.Ordinal)", ["left", "right"], "left|right" },
        { "Compare", "string a, string b", "string.Compare(a, b)", ["left", "right"], "left|right" },
        { "CompareIgnoringCase", "string a, string b", "string.Compare(a, b, true)", ["left", "right"], "left|right" },
        { "CompareParts", "string a, string b", "string.Compare(a, 1, b, 2, 2, System.StringComparison.Ordinal)", ["left", "right"], "ef|gh" },
        { "CompareOrdinal", "string a, string b", "string.CompareOrdinal(a, b)", ["left", "right"], "left|right" },
        { "CompareOrdinalParts", "string a, string b", "string.CompareOrdinal(a, 3, b, 0, 9)", ["left", "right"], "t|right" },
        { "CompareTo", "string a, string b", "a.CompareTo(b)", ["left", "right"], "left|right" },
        { "StartsWith", "string a, string b", "a.StartsWith(b, System.StringComparison.Ordinal)", ["left", "right"], "left|right" },
        { "StartsWithCulture", "string a, string b", "a.StartsWith(b)", ["left", "right"], "left|right" },
        { "StartsWithChar", "string a", "a.StartsWith('x')", ["left"], "left|x" },
        { "EndsWith", "string a, string b", "a.EndsWith(b, System.StringComparison.Ordinal)", [LongText, "right"], LongText[^64..] + "|right" },
        { "IndexOf", "string a, string b", "a.IndexOf(b, System.StringComparison.Ordinal)", [LongText, "right"], LongText[..64] + "|right" },
        { "IndexOfChar", "string a", "a.IndexOf('x', 1)", ["left"], "left|x" },
        { "Contains", "string a, string b", "a.Contains(b)", ["left", "right"], "left|right" },
        { "ContainsChar", "string a", "a.Contains('x')", ["left"], "left|x" },
        { "Comparer", "string a, string b", "System.StringComparer.OrdinalIgnoreCase.Equals(a, b)", ["left", "right"], "left|right" },
        { "SequenceEqual", "byte[] a, byte[] b", "System.MemoryExtensions.SequenceEqual<byte>(a, b)", [new byte[] { 1, 2 }, new byte[] { 3 }], "#0102|#03" },
        { "SpanLiteral", "byte[] a", "System.MemoryExtensions.SequenceEqual<byte>(a, \"PK\"u8)", [new byte[] { 1, 2 }], "#0102|#504B" },
        { "SpanPattern", "string a", "System.MemoryExtensions.AsSpan(a) is \"literal\"", ["left"], "left|literal" },
        { "MutableSpan", "byte[] a, byte[] b", "System.MemoryExtensions.SequenceEqual(new System.Span<byte>(a), b)", [new byte[] { 1 }, new byte[] { 3 }], "#01|#03" },
        { "SpanOfInts", "int[] a, int[] b", "System.MemoryExtensions.SequenceEqual<int>(a, b)", [new[] { 1 }, new[] { 258 }], "#01000000|#02010000" },
        { "SpanOfStrings", "string[] a, string[] b", "System.MemoryExtensions.SequenceEqual<string>(a, b)", [new[] { "a" }, new[] { "b" }], "" },
        { "SpanStartsWith", "byte[] a", "System.MemoryExtensions.StartsWith<byte>(a, \"PK\"u8)", [new byte[] { 1, 2 }], "#0102|#504B" },
        { "SpanEndsWith", "string a", "System.MemoryExtensions.EndsWith(System.MemoryExtensions.AsSpan(a), \"right\")", [LongText], LongText[^64..] + "|right" },
        { "SpanIndexOf", "byte[] a", "System.MemoryExtensions.IndexOf<byte>(a, \"PK\"u8)", [new byte[] { 1, 2 }], "#0102|#504B" },
        { "SpanIndexOfElement", "byte[] a", "System.MemoryExtensions.IndexOf<byte>(a, (byte)9)", [new byte[] { 1, 2 }], "#0102|#09" },
        { "SpanCompareTo", "byte[] a, byte[] b", "System.MemoryExtensions.SequenceCompareTo<byte>(a, b)", [new byte[] { 1 }, new byte[] { 3 }], "#01|#03" },
        { "SpanEqualsComparison", "string a, string b", "System.MemoryExtensions.Equals(a, b, System.StringComparison.OrdinalIgnoreCase)", ["left", "right"], "left|right" },
        { "SpanOperator", "string a, string b", "System.MemoryExtensions.AsSpan(a) == System.MemoryExtensions.AsSpan(b)", ["left", "right"], "left|right" },
        { "ArrayIndexOf", "byte[] a", "System.Array.IndexOf(a, (byte)7)", [new byte[] { 1, 2 }], "#0102|#07" },
        { "ArrayIndexOfString", "string[] a", "System.Array.IndexOf(a, \"x\")", [new[] { "a" }], "" },
        { "GuidEquality", "System.Guid a", "a == System.Guid.Empty", [new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)], $"#01000000020003000405060708090A0B|#{new string('0', 32)}" },
        { "GuidEquals", "System.Guid a", "a.Equals(System.Guid.Empty)", [new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)], $"#01000000020003000405060708090A0B|#{new string('0', 32)}" },
        { "GuidEqualsObject", "System.Guid a, object b", "a.Equals(b)", [new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Guid.Empty], $"#01000000020003000405060708090A0B|#{new string('0', 32)}" },
        { "GuidEqualsOtherObject", "System.Guid a, object b", "a.Equals(b)", [Guid.Empty, "text"], "" },
        { "GuidReference", "System.Guid a, object b", "Reference(ref a, b)", [Guid.Empty, Guid.Empty], $"#{new string('0', 32)}|#{new string('0', 32)}" },
        { "DecimalEquality", "decimal a", "a == 1499.95m", [12.50m], "12.50|1499.95" },
        { "DecimalLess", "decimal a", "a < 5", [12.50m], "12.50|5" },
        { "DecimalEquals", "decimal a, decimal b", "a.Equals(b)", [1m, -2m], "1|-2" },
        { "DecimalCompareToObject", "decimal a, object b", "a.CompareTo(b)", [1m, -2m], "1|-2" },
        { "DecimalEqualsOtherObject", "decimal a, object b", "a.Equals(b)", [1m, "1"], "" },
        { "DecimalNullable", "decimal? a", "a == 7", [1m], "1|7" },
        { "DecimalReference", "decimal a, object b", "Reference(ref a, b)", [1m, 2m], "1|2" },
        { "DateEquality", "System.DateTime a", "a == new System.DateTime(1987, 11, 3)", [new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc)], "2001-02-03T04:05:06.0000000|1987-11-03T00:00:00.0000000" },
        { "DateCompare", "System.DateTime a", "System.DateTime.Compare(a, System.DateTime.MinValue)", [new DateTime(2001, 2, 3)], "2001-02-03T00:00:00.0000000|0001-01-01T00:00:00.0000000" },
        { "DateZoned", "System.DateTimeOffset a", "a > System.DateTimeOffset.UnixEpoch", [new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(7))], "2001-02-03T04:05:06.0000000+07:00|1970-01-01T00:00:00.0000000+00:00" },
        { "DateOnly", "System.DateOnly a", "a != new System.DateOnly(1987, 11, 3)", [new DateOnly(2001, 2, 3)], "2001-02-03|1987-11-03" },
        { "TimeOnly", "System.TimeOnly a", "a >= new System.TimeOnly(12, 30)", [new TimeOnly(4, 5, 6)], "04:05:06.0000000|12:30:00.0000000" },
        { "TimeSpan", "System.TimeSpan a", "a == System.TimeSpan.FromMinutes(90)", [new TimeSpan(1, 2, 3, 4)], "1.02:03:04|01:30:00" },
        { "Version", "System.Version a", "a == new System.Version(4, 17, 2)", [new Version(1, 2)], "1.2|4.17.2" },
        { "VersionNull", "System.Version a", "a == null", [new Version(1, 2)], "" },
        { "VersionEqualsObject", "System.Version a, object b", "a.Equals(b)", [new Version(1, 2), new Version(3, 4)], "1.2|3.4" },
        { "Address", "System.Net.IPAddress a", "a.Equals(System.Net.IPAddress.Loopback)", [System.Net.IPAddress.Any], "0.0.0.0|127.0.0.1" },
        { "Large", "System.Int128 a", "a == 5", [(Int128)(-7)], "-7|5" },
        { "LargeUnsigned", "System.UInt128 a, System.UInt128 b", "a.CompareTo(b)", [(UInt128)7, UInt128.MaxValue], "7|340282366920938463463374607431768211455" },
        { "Larger", "System.Numerics.BigInteger a, System.Numerics.BigInteger b", "a == b", [new System.Numerics.BigInteger(7), new System.Numerics.BigInteger(8)], "7|8" },
        { "LargerAndLong", "System.Numerics.BigInteger a", "a == 9", [new System.Numerics.BigInteger(7)], "7|9" },
        { "LongAndLarger", "System.Numerics.BigInteger a", "9 == a", [new System.Numerics.BigInteger(7)], "7|9" },
        { "LargerEqualsLong", "System.Numerics.BigInteger a", "a.Equals(9L)", [new System.Numerics.BigInteger(7)], "7|9" },
        { "Largest", "System.Numerics.BigInteger a", "a == 9", [System.Numerics.BigInteger.Pow(10, 100)], "" },
        { "Half", "System.Half a, System.Half b", "a == b", [(Half)1.5, (Half)2], "1.5|2" },
        { "ComparerOfValues", "System.DateOnly a, System.DateOnly b", "System.Collections.Generic.EqualityComparer<System.DateOnly>.Default.Equals(a, b)", [new DateOnly(2001, 2, 3), new DateOnly(1987, 11, 3)], "2001-02-03|1987-11-03" },
        { "ComparerOfStrings", "string a, string b", "System.Collections.Generic.EqualityComparer<string>.Default.Equals(a, b)", ["left", "right"], "left|right" },
        { "Record", "string b", "new Named(\"left\", 1.5m).Equals(new Named(b, 2.5m))", ["left"], "left|left;1.5|2.5" },
        { "IntEqualsObject", "int a, object b", "a.Equals(b)", [1, 1], "" },
        { "TryGetValue", "System.Collections.Generic.Dictionary<string, int> a, string b", "a.TryGetValue(b, out int c) ? c : -1", [new Dictionary<string, int> { ["key"] = 1 }, "x"], "x|key" },
        { "ContainsKey", "System.Collections.Generic.Dictionary<string, object> a, string b", "a.ContainsKey(b)", [new Dictionary<string, object> { ["key"] = 1 }, "x"], "x|key" },
        { "Indexer", "System.Collections.Generic.Dictionary<string, string> a, string b", "a[b]", [new Dictionary<string, string> { ["key"] = "1" }, "x"], "x|key" },
        { "AnyTryGetValue", "System.Collections.Generic.IDictionary<string, int> a, string b", "a.TryGetValue(b, out int c) ? c : -1", [new Dictionary<string, int> { ["key"] = 1 }, "x"], "x|key" },
        { "AnyContainsKey", "System.Collections.Generic.IDictionary<string, int> a, string b", "a.ContainsKey(b)", [new SortedDictionary<string, int> { ["key"] = 1 }, "x"], "x|key" },
        { "AnyIndexer", "System.Collections.Generic.IDictionary<string, string> a, string b", "a[b]", [new ConcurrentDictionary<string, string> { ["key"] = "1" }, "x"], "x|key" },
        { "AnyOfSomebody", "string b", "((System.Collections.Generic.IDictionary<string, int>)Own.Full).ContainsKey(b)", ["key"], "" },
        { "ReadOnlyTryGetValue", "System.Collections.Generic.IReadOnlyDictionary<string, int> a, string b", "a.TryGetValue(b, out int c) ? c : -1", [ImmutableDictionary<string, int>.Empty.Add("key", 1), "x"], "x|key" },
        { "ReadOnlyIndexer", "System.Collections.Generic.IReadOnlyDictionary<string, int> a, string b", "a[b]", [new Dictionary<string, int> { ["key"] = 1 }.ToFrozenDictionary(), "x"], "x|key" },
        { "Concurrent", "System.Collections.Concurrent.ConcurrentDictionary<string, int> a, string b", "a.TryGetValue(b, out int c) ? c : -1", [new ConcurrentDictionary<string, int> { ["key"] = 1 }, "x"], "x|key" },
        { "ConcurrentNull", "string b", "((System.Collections.Concurrent.ConcurrentDictionary<string, int>)null).ContainsKey(b)", ["x"], "" },
        { "OtherKeys", "System.Collections.Generic.Dictionary<int, int> a", "a.ContainsKey(5)", [new Dictionary<int, int> { [1] = 1 }], "" },
        { "Set", "System.Collections.Generic.HashSet<string> a, string b", "a.Contains(b)", [new HashSet<string> { "key" }, "x"], "x|key" },
        { "FrozenDictionary", "System.Collections.Generic.Dictionary<string, int> a, string b", "System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(a).ContainsKey(b)", [new Dictionary<string, int> { ["key"] = 1 }, "x"], "x|key" },
        { "Generic", "string a, string b", "Same<char>(a, b)", ["left", "right"], "#6C00650066007400|#72006900670068007400" },
    };

    /// <summary>Those with two strings.</summary>
    public static TheoryData<string> OfTwoStrings { get; } =
        [.. Methods.Where(row => row.Data.Item2 == "string a, string b").Select(row => row.Data.Item1)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_operands_of_a_comparison_are_seen(string name, string parameters, string expression, object?[] arguments, string seen)
    {
        _ = (parameters, expression);
        TracedLibrary library = Library.Value;
        object? expected = library.CallOriginal(name, arguments);
        lock (library)
        {
            library.Reset();

            string found = "";
            for (int look = 0; look < MostLooks && (look == 0 || (found.Length == 0 && seen.Length > 0)); look++)
            {
                Assert.Equal(expected, library.CallTraced(name, arguments));
                found = string.Join(";", library.Compared());
            }

            Assert.Equal(seen, found);
        }
    }

    [Theory]
    [MemberData(nameof(OfTwoStrings))]
    public void Results_and_exceptions_stay_for_any_arguments(string name)
    {
        Random random = new(7);
        for (int i = 0; i < 300; i++)
        {
            string? left = RandomText(random), right = i % 3 == 0 ? left : RandomText(random);

            Assert.Equal(Library.Value.CallOriginal(name, left, right), Library.Value.CallTraced(name, left, right));
        }
    }

    private static string? RandomText(Random random) => random.Next(12) == 0 ? null
        : new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => "aAbıßé\0"[random.Next(7)])]);

    private static string Source() => $$"""
        public static class Code
        {
            sealed class Own : System.Collections.Concurrent.ConcurrentDictionary<string, int>, System.Collections.Generic.IEnumerable<System.Collections.Generic.KeyValuePair<string, int>>
            {
                public static Own Full { get { Own own = new(); own["key"] = 1; return own; } }
                System.Collections.Generic.IEnumerator<System.Collections.Generic.KeyValuePair<string, int>> System.Collections.Generic.IEnumerable<System.Collections.Generic.KeyValuePair<string, int>>.GetEnumerator() =>
                    throw new System.NotSupportedException();
            }

            sealed record Named(string Text, decimal Number);

            static bool Reference(ref System.Guid a, object b) => a.Equals(b);
            static bool Reference(ref decimal a, object b) => a.Equals(b);
            static bool Same<T>(System.ReadOnlySpan<T> a, System.ReadOnlySpan<T> b) where T : unmanaged, System.IEquatable<T> => System.MemoryExtensions.SequenceEqual(a, b);
            {{string.Join("\n", Methods.Select(row => $"public static object {row.Data.Item1}({row.Data.Item2}) => {row.Data.Item3};"))}}
        }
        """;
}
