using Edgewise.Feedback;

namespace Edgewise.Tests.Feedback;

public sealed class HitCountClassesTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 3, 4)]
    [InlineData(4, 7, 8)]
    [InlineData(8, 15, 16)]
    [InlineData(16, 31, 32)]
    [InlineData(32, 127, 64)]
    [InlineData(128, 255, 128)]
    public void All_counts_of_a_range_have_its_class(int first, int last, byte expected)
    {
        byte[] counts = [.. Enumerable.Range(first, last - first + 1).Select(count => (byte)count)];

        byte[] classes = new byte[counts.Length];
        HitCountClasses.Classify(counts, classes);

        Assert.All(classes, hitClass => Assert.Equal(expected, hitClass));
        Assert.All(counts, count => Assert.Equal(expected, HitCountClasses.Of(count)));
    }

    [Fact]
    public void Classify_in_place_replaces_the_counters()
    {
        byte[] counters = [0, 1, 2, 3, 5, 9, 20, 100, 200];

        HitCountClasses.Classify(counters);

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 64, 128], counters);
    }

    [Fact]
    public void Classify_to_another_span_leaves_the_counters()
    {
        byte[] counters = CounterMap.Random(new Random(3), 1000, 0.5);
        byte[] before = [.. counters];

        HitCountClasses.Classify(counters, new byte[1000]);

        Assert.Equal(before, counters);
    }

    [Fact]
    public void Classes_of_another_length_are_refused_with_both_lengths()
    {
        var error = Assert.Throws<ArgumentException>(() => HitCountClasses.Classify(new byte[5], new byte[6]));

        Assert.Contains("5 counters need as many classes, not 6", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Classes_that_overlap_the_counters_elsewhere_are_refused(int counters, int classes)
    {
        byte[] memory = [1, 2, 3, 4, 5, 6];
        byte[] before = [.. memory];

        Assert.Throws<ArgumentException>(() => HitCountClasses.Classify(memory.AsSpan(counters, 5), memory.AsSpan(classes, 5)));

        Assert.Equal(before, memory);
    }
}
