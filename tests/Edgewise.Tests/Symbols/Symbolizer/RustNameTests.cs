using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Tests.Symbols.Symbolizer;

public sealed class RustNameTests
{
    [Theory]
    [InlineData("m::main::h4009bc0cd8b193aa", "m::main")]
    [InlineData("_$LT$m..Square$u20$as$u20$m..Shape$GT$::area::h85a7e2ad421d02ff", "<m::Square as m::Shape>::area")]
    [InlineData("m::main::_$u7b$$u7b$closure$u7d$$u7d$::h193e8159a884f4d2", "m::main::{{closure}}")]
    [InlineData("core::ptr::drop_in_place$LT$$RF$$u5b$u8$u5d$$C$$LP$$RP$$GT$::h0123456789abcdef", "core::ptr::drop_in_place<&[u8],()>")]
    public void The_older_mangling_reads_as_the_source(string name, string expected) => Assert.Equal(expected, RustName.Plain(name));

    [Theory]
    [InlineData("geometry::Square::area() const")]
    [InlineData("m::halved::<u16>")]
    [InlineData("a::h123")]
    [InlineData("std::h0123456789abcdeg")]
    [InlineData("$LT$")]
    [InlineData("")]
    public void Other_names_stay(string name) => Assert.Equal(name, RustName.Plain(name));

    [Fact]
    public void What_looks_like_an_escape_and_is_none_stays() => Assert.Equal("a$what$b$", RustName.Plain("a$what$b$::h0123456789abcdef"));
}
