namespace Edgewise.Instrumentation.Passes.Sequences;

/// <summary>The framework's parsers, whose comparisons lie out of sight, and for each an input that it takes.</summary>
internal static class ParserSamples
{
    /// <summary>Full name of the type whose parsers take the names of what they parse to.</summary>
    public const string Enumeration = "System.Enum";

    private const string Constructor = ".ctor";

    private static readonly HashSet<string> Parse = ["Parse", "TryParse"];
    private static readonly HashSet<string> ParseOrConstruct = ["Parse", "TryParse", Constructor];
    private static readonly HashSet<string> Exact = ["ParseExact", "TryParseExact"];

    private static readonly Dictionary<string, (HashSet<string> Methods, string Sample)> Table = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = (Parse, "True"),
        ["System.Char"] = (Parse, "A"),
        ["System.SByte"] = (Parse, "-12"),
        ["System.Int16"] = (Parse, "-12"),
        ["System.Int32"] = (Parse, "-12"),
        ["System.Int64"] = (Parse, "-12"),
        ["System.Int128"] = (Parse, "-12"),
        ["System.IntPtr"] = (Parse, "-12"),
        ["System.Byte"] = (Parse, "12"),
        ["System.UInt16"] = (Parse, "12"),
        ["System.UInt32"] = (Parse, "12"),
        ["System.UInt64"] = (Parse, "12"),
        ["System.UInt128"] = (Parse, "12"),
        ["System.UIntPtr"] = (Parse, "12"),
        ["System.Half"] = (Parse, "-1.5"),
        ["System.Single"] = (Parse, "-1.5"),
        ["System.Double"] = (Parse, "-1.5"),
        ["System.Decimal"] = (Parse, "-1.5"),
        ["System.Numerics.BigInteger"] = (Parse, "-12"),
        ["System.Guid"] = (ParseOrConstruct, "01234567-89ab-cdef-0123-456789abcdef"),
        ["System.DateTime"] = (Parse, "2001-02-03T04:05:06Z"),
        ["System.DateTimeOffset"] = (Parse, "2001-02-03T04:05:06+07:00"),
        ["System.DateOnly"] = (Parse, "2001-02-03"),
        ["System.TimeOnly"] = (Parse, "04:05:06"),
        ["System.TimeSpan"] = (Parse, "1.02:03:04"),
        ["System.Version"] = (ParseOrConstruct, "1.2.3.4"),
        ["System.Uri"] = ([Constructor, "TryCreate"], "http://a.b/c?d=e#f"),
        ["System.Net.IPAddress"] = (Parse, "127.0.0.1"),
        ["System.Net.IPEndPoint"] = (Parse, "127.0.0.1:80"),
        ["System.Convert"] = (["FromBase64String", "TryFromBase64String", "TryFromBase64Chars"], "AAECAw=="),
    };

    private static readonly HashSet<string> Formatted =
        ["System.Guid", "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan"];

    /// <summary>Full names of the types that have parsers.</summary>
    public static IEnumerable<string> Types => Table.Keys.Append(Enumeration);

    /// <summary>An input that a parser takes, or null where the method is none.</summary>
    public static string? Find(string type, string name) =>
        Table.TryGetValue(type, out (HashSet<string> Methods, string Sample) parser) && parser.Methods.Contains(name) ? parser.Sample
        : type == "System.Convert" && name == "FromHexString" ? "00010203"
        : null;

    /// <summary>True for a parser that takes names of an enumeration, which are the samples.</summary>
    public static bool TakesName(string type, string name) => type == Enumeration && Parse.Contains(name);

    /// <summary>True for a parser that takes a format, of which a sample can be made.</summary>
    public static bool TakesFormat(string type, string name) => Formatted.Contains(type) && Exact.Contains(name);
}
