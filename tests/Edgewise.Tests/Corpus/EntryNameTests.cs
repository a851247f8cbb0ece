using Edgewise.Corpus;

namespace Edgewise.Tests.Corpus;

public sealed class EntryNameTests
{
    [Fact]
    public void A_name_is_read_as_it_is_written_and_ordered_as_its_digits_are()
    {
        var random = new Random(3);
        byte[] content = new byte[30];
        string previous = string.Empty;
        for (int i = 0; i < 500; i++)
        {
            random.NextBytes(content);
            var name = EntryName.Of(content);
            string text = name.ToString();

            Assert.True(EntryName.TryParse(text, out EntryName parsed));
            Assert.Equal(name, parsed);
            if (EntryName.TryParse(previous, out EntryName before))
            {
                Assert.Equal(Math.Sign(string.CompareOrdinal(previous, text)), before.CompareTo(name));
            }

            previous = text;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a9993e364706816aba3e25717850c26c9cd0d89")]
    [InlineData("a9993e364706816aba3e25717850c26c9cd0d89d0")]
    [InlineData("A9993E364706816ABA3E25717850C26C9CD0D89D")]
    [InlineData("x9993e364706816aba3e25717850c26c9cd0d89d")]
    public void What_is_no_name_is_refused(string text) => Assert.False(EntryName.TryParse(text, out _));
}
