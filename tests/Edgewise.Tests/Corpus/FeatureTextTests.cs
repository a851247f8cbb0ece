using Edgewise.Corpus.Metadata;

namespace Edgewise.Tests.Corpus;

public sealed class FeatureTextTests
{
    [Fact]
    public void Any_list_of_features_is_read_as_it_was_written()
    {
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            uint range = 1u << random.Next(1, 32);
            uint[] features = [.. Enumerable.Range(0, random.Next(100)).Select(_ => (uint)random.NextInt64(range)).Append(i % 3 == 0 ? uint.MaxValue : 0).Distinct().Order()];

            Assert.Equal(features, FeatureText.Decode(FeatureText.Encode(features)));
        }
    }

    [Fact]
    public void Neighbours_take_a_byte_each() => Assert.Equal(Convert.ToBase64String([5, 0, 0, 0]), FeatureText.Encode([5, 6, 7, 8]));

    [Theory]
    [InlineData(3u, 3u)]
    [InlineData(4u, 3u)]
    public void Features_that_do_not_ascend_are_refused(uint first, uint second) => Assert.Throws<ArgumentException>(() => FeatureText.Encode([first, second]));

    [Theory]
    [InlineData("?")]
    [InlineData("gA==")]
    [InlineData("gICAgICAAQ==")]
    [InlineData("/////w8A")]
    public void Damaged_text_is_no_list(string text) => Assert.Null(FeatureText.Decode(text));
}
