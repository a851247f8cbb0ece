using System.Globalization;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.Comparisons;

/// <summary>What parsers of the framework are offered, and that it is an input that they take.</summary>
public sealed class ParserSampleTests
{
    private static readonly Lazy<TracedLibrary> Library = new(() => new TracedLibrary(Compilation.Image("Parsers", Source)));

    /// <summary>Name of a method, and its expression over a string <c>a</c>.</summary>
    public static TheoryData<string, string> Parsers { get; } = new()
    {
        { "Guid", "System.Guid.Parse(a)" },
        { "GuidTry", "System.Guid.TryParse(a, out var b) ? b : throw new System.FormatException()" },
        { "GuidNew", "new System.Guid(a)" },
        { "GuidExact", "System.Guid.ParseExact(a, \"B\")" },
        { "GuidSpan", "System.Guid.Parse(System.MemoryExtensions.AsSpan(a))" },
        { "DateTime", "System.DateTime.Parse(a, System.Globalization.CultureInfo.InvariantCulture)" },
        { "DateTimeExact", "System.DateTime.ParseExact(a, \"yyyy/MM/dd HH-mm\", System.Globalization.CultureInfo.InvariantCulture)" },
        { "DateTimeFormats", "System.DateTime.ParseExact(a, new[] { \"dd.MM.yyyy\" }, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None)" },
        { "DateTimeSpanExact", "System.DateTime.ParseExact(System.MemoryExtensions.AsSpan(a), \"yyyyMMdd\", System.Globalization.CultureInfo.InvariantCulture)" },
        { "DateTimeOffset", "System.DateTimeOffset.Parse(a, System.Globalization.CultureInfo.InvariantCulture)" },
        { "DateOnlyExact", "System.DateOnly.ParseExact(a, \"o\")" },
        { "TimeSpan", "System.TimeSpan.Parse(a)" },
        { "TimeSpanExact", "System.TimeSpan.ParseExact(a, \"d\\\\_hh\", System.Globalization.CultureInfo.InvariantCulture)" },
        { "Base64", "System.Convert.FromBase64String(a).Length" },
        { "Hex", "System.Convert.FromHexString(a).Length" },
        { "Int32", "int.Parse(a)" },
        { "Int64", "long.Parse(a, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture)" },
        { "Byte", "byte.Parse(a)" },
        { "Double", "double.Parse(a, System.Globalization.CultureInfo.InvariantCulture)" },
        { "Decimal", "decimal.Parse(a, System.Globalization.CultureInfo.InvariantCulture)" },
        { "Boolean", "bool.Parse(a)" },
        { "Character", "char.Parse(a)" },
        { "CharacterTry", "char.TryParse(a, out char b) ? b : throw new System.FormatException()" },
        { "Enumeration", "System.Enum.Parse<System.DayOfWeek>(a)" },
        { "EnumerationIgnoringCase", "System.Enum.Parse<System.DayOfWeek>(a, true)" },
        { "EnumerationTry", "System.Enum.TryParse(a, out Level b) ? b.ToString() : throw new System.FormatException()" },
        { "EnumerationSpan", "System.Enum.Parse<Level>(System.MemoryExtensions.AsSpan(a)).ToString()" },
        { "EnumerationOfType", "System.Enum.Parse(typeof(Level), a).ToString()" },
        { "EnumerationOfParameter", "OfParameter<Level>(a).ToString()" },
        { "BigInteger", "System.Numerics.BigInteger.Parse(a)" },
        { "Address", "System.Net.IPAddress.Parse(a)" },
        { "EndPoint", "System.Net.IPEndPoint.Parse(a)" },
        { "Version", "new System.Version(a)" },
        { "Uri", "new System.Uri(a)" },
        { "Utf8", "int.Parse(System.Text.Encoding.UTF8.GetBytes(a), System.Globalization.CultureInfo.InvariantCulture)" },
    };

    private static string Source => $$"""
        public enum Level { Low, Middle, High }
        public static class Code
        {
            static T OfParameter<T>(string a) where T : struct => System.Enum.TryParse(a, out T b) ? b : throw new System.FormatException();
            {{string.Join("\n", Parsers.Select(row => $"public static object {row.Data.Item1}(string a) => {row.Data.Item2};"))}}
        }
        """;

    [Theory]
    [MemberData(nameof(Parsers))]
    public void The_sample_is_an_input_that_the_parser_takes(string name, string expression)
    {
        Assert.NotEmpty(expression);
        TracedLibrary library = Library.Value;
        string sample;
        lock (library)
        {
            library.Reset();
            Assert.Equal(library.CallOriginal(name, "?"), library.CallTraced(name, "?"));
            string[] seen = Assert.Single(library.Compared()).Split('|');
            sample = name == "Utf8" ? System.Text.Encoding.ASCII.GetString(Convert.FromHexString(seen[1][1..])) : seen[1];
            Assert.Equal(name == "Utf8" ? "#3F" : "?", seen[0]);
        }

        object? parsed = library.CallTraced(name, sample);

        Assert.Equal(library.CallOriginal(name, sample), parsed);
        Assert.False(parsed is string message && message.EndsWith("Exception", StringComparison.Ordinal), $"{sample}: {parsed}");
    }

    [Fact]
    public void The_sample_of_a_format_is_written_in_it()
    {
        TracedLibrary library = Library.Value;
        lock (library)
        {
            library.Reset();

            library.CallTraced("DateTimeExact", "x");

            Assert.Equal([$"x|{new DateTime(2001, 2, 3, 4, 5, 6).ToString("yyyy/MM/dd HH-mm", CultureInfo.InvariantCulture)}"], library.Compared());
        }
    }
}
