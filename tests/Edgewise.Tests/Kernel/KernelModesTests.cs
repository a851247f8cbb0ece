using Edgewise.Kernel.Modes;

namespace Edgewise.Tests.Kernel;

public sealed class KernelModesTests
{
    [Theory]
    [InlineData("pc", 0)]
    [InlineData("cmp", 1)]
    [InlineData("uniq-pc", 2)]
    [InlineData("uniq-edge", 4)]
    [InlineData("uniq-edge,uniq-pc", 6)]
    [InlineData("uniq-cmp", 8)]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("2", 2)]
    [InlineData("4", 4)]
    [InlineData("6", 6)]
    [InlineData("8", 8)]
    public void A_mode_is_a_number_or_names(string text, int number)
    {
        Assert.True(KernelModesText.TryParse(text, out KernelModes modes, out _));
        Assert.Equal(number, (int)modes);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("5")]
    [InlineData("7")]
    [InlineData("9")]
    [InlineData("10")]
    [InlineData("12")]
    [InlineData("14")]
    [InlineData("16")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("PC")]
    [InlineData("pc,cmp")]
    [InlineData("pc,uniq-pc")]
    [InlineData("uniq-pc,uniq-cmp")]
    [InlineData("cmp,uniq-cmp")]
    public void Whatever_else_is_refused_with_what_there_is(string text)
    {
        Assert.False(KernelModesText.TryParse(text, out _, out string error));
        Assert.Contains("expected pc, cmp", error, StringComparison.Ordinal);
        Assert.Contains($"'{text.Split(',')[0]}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_read_as_they_are_written() => Assert.All((int[])[0, 1, 2, 4, 6, 8], number =>
    {
        Assert.True(KernelModesText.TryParse(KernelModesText.NameOf((KernelModes)number), out KernelModes modes, out _));
        Assert.Equal(number, (int)modes);
    });

    // The expected words were computed with another program from the definitions.
    private static readonly ulong[] Pcs = [0xFFFF_FFFF_8119_1559, 0xFFFF_FFFF_8119_1419, 0xFFFF_FFFF_811C_27CB, 0xFFFF_FFFF_8119_1559];

    [Fact]
    public void Syzkaller_mixes_a_PC_with_a_hash_of_the_one_before() =>
        Assert.Equal([0xFFFF_FFFF_8119_1C33ul, 0xFFFF_FFFF_8119_1110, 0xFFFF_FFFF_811C_205E, 0xFFFF_FFFF_8119_1DF8], SyzkallerSignal.Of(Pcs));

    [Fact]
    public void The_word_of_an_edge_is_that_of_the_unique_modes_of_2025() =>
        Assert.Equal([0xFFFF_FFFF_8119_1559ul, 0xFFFF_FFFF_8119_17AA, 0xFFFF_FFFF_811C_2A38, 0xFFFF_FFFF_8119_1D00], UniqueRecords.Edges(Pcs).Select(edge => edge.Word));
}
