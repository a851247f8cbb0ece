using Edgewise.Fuzzing.Findings;

namespace Edgewise.Tests.Fuzzing.Findings;

public sealed class CSharpLiteralTests
{
    [Theory]
    [InlineData("plain", "\"plain\"u8")]
    [InlineData("a\"b\\c\n\r\t", "\"a\\\"b\\\\c\\n\\r\\t\"u8")]
    [InlineData("", "\"\"u8")]
    public void Text_is_a_utf8_string(string input, string expected) => Assert.Equal(expected, CSharpLiteral.Of(System.Text.Encoding.ASCII.GetBytes(input)));

    [Fact]
    public void Other_bytes_are_a_list() => Assert.Equal("[0x00, 0x41, 0xFF]", CSharpLiteral.Of([0, 0x41, 0xFF]));
}
