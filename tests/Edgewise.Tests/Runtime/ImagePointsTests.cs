using System.Reflection.PortableExecutable;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Runtime;

public sealed class ImagePointsTests
{
    [Fact]
    public void A_real_image_that_is_not_instrumented_has_no_point_set()
    {
        byte[] image = File.ReadAllBytes(typeof(Mono.Cecil.ModuleDefinition).Assembly.Location);

        bool found = ImagePoints.TryRead(image, "Mono.Cecil.dll", out PointSet? points);

        Assert.False(found);
        Assert.Null(points);
    }

    [Fact]
    public void The_set_before_the_metadata_of_a_real_image_is_found_in_the_file()
    {
        byte[] image = WithPoints(PointSets.Small);

        bool found = ImagePoints.TryRead(image, "Edgewise.Tests.dll", out PointSet? points);

        Assert.True(found);
        PointSets.AssertEqual(PointSets.Small, points!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_precedes_the_metadata_is_a_multiple_of_four_and_ends_in_the_name(int nameLength)
    {
        byte[] embedded = ImagePoints.Embed(PointSets.Random(methodCount: 1, seed: 1, name: new string('n', nameLength)));

        Assert.Equal(0, embedded.Length % 4);
        Assert.Equal("EDGEWISE"u8.ToArray(), embedded[^8..]);
    }

    [Fact]
    public void A_trailer_that_tells_of_more_than_there_is_names_the_file_and_the_place()
    {
        byte[] image = WithPoints(PointSets.Small);
        int root = Root(image);
        BitConverter.TryWriteBytes(image.AsSpan(root - 16), int.MaxValue);

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => ImagePoints.TryRead(image, "a.dll", out _));

        Assert.StartsWith($"a.dll: trailer of the point set, offset {root - 16}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_damaged_images_are_read_refused_or_not_recognised()
    {
        byte[] image = WithPoints(PointSets.Small);
        int root = Root(image);
        var random = new Random(4);
        int refused = 0, intact = 0, foreign = 0;
        for (int round = 0; round < 6000; round++)
        {
            // Headers, the set and its trailer; the rest of the file is not looked at.
            int at = random.Next(2) == 0 ? random.Next(0x400) : random.Next(root - 600, root);
            byte kept = image[at];
            image[at] = (byte)random.Next(256);
            int length = random.Next(4) == 0 ? random.Next(image.Length) : image.Length;
            try
            {
                _ = ImagePoints.TryRead(image.AsSpan(0, length), "mutant.dll", out _) ? intact++ : foreign++;
            }
            catch (CoverageFormatException)
            {
                refused++;
            }

            image[at] = kept;
        }

        Assert.True(refused > 100 && intact > 100 && foreign > 100, $"{refused} refused, {intact} intact, {foreign} foreign");
    }

    [Fact]
    public void A_loaded_assembly_without_the_holder_class_is_not_looked_into()
    {
        Assert.False(ImagePoints.TryRead(typeof(ImagePointsTests).Assembly, out PointSet? points));
        Assert.Null(points);
    }

    /// <summary>A real image with a set written over the bytes before its metadata, which only running its code would miss.</summary>
    private static byte[] WithPoints(PointSet set)
    {
        byte[] image = File.ReadAllBytes(typeof(ImagePointsTests).Assembly.Location);
        byte[] embedded = ImagePoints.Embed(set);
        embedded.CopyTo(image, Root(image) - embedded.Length);
        return image;
    }

    private static int Root(byte[] image)
    {
        using var reader = new PEReader(new MemoryStream(image));
        return reader.PEHeaders.MetadataStartOffset;
    }
}
