using System.Net;
using System.Text;
using System.Text.Json;
using Edgewise.Fuzzing.Guidance;

namespace Edgewise.Tests.Fuzzing;

public sealed class TextEscapeTests
{
    private static readonly string[] Texts = ["say \"no\"\tor go\n", "<a href='x'>&amp;</a>", "C:\\new\\table", "100% of 5 + 5", "\b\f\r\u0001\u001F", "''\"\"", "a/b?c=d&e=f#g"];

    private static TextEscape Of(string name) => TextEscape.All.Single(escape => escape.Name.Contains(name, StringComparison.Ordinal));

    private static string Written(string name, string text) => Encoding.Latin1.GetString(Of(name).Encode(Encoding.Latin1.GetBytes(text)) ?? Encoding.Latin1.GetBytes(text));

    [Fact]
    public void What_is_written_reads_back_as_what_it_was()
    {
        foreach (string text in Texts)
        {
            Assert.Equal(text, JsonSerializer.Deserialize<string>($"\"{Written("JSON", text)}\""));
            Assert.Equal(text, Uri.UnescapeDataString(Written("addresses", text)));
            Assert.Equal(text, WebUtility.HtmlDecode(Written("XML", text)));
            Assert.Equal(text, Written("CSV", text).Replace("\"\"", "\"", StringComparison.Ordinal).Replace("''", "'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_text_that_needs_no_escape_has_none() => Assert.All(TextEscape.All, escape => Assert.Null(escape.Encode("plain-text_1"u8)));

    [Fact]
    public void Quotes_are_escaped_as_the_text_around_them_is_quoted()
    {
        Assert.Equal("it's \\\"so\\\"", Written("JSON", "it's \"so\""));
        Assert.Equal("it\\'s \\\"so\\\"", Written("single quotes", "it's \"so\""));
    }
}
