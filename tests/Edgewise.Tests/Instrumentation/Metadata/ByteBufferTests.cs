using System.Reflection.Metadata;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Tests.Instrumentation.Metadata;

public sealed class ByteBufferTests
{
    private static readonly int[] Edges = [0, 1, 0x3F, 0x40, 0x7F, 0x80, 0x1FFF, 0x2000, 0x3FFF, 0x4000, 0xFFFFFF, 0x0FFF_FFFF];

    [Fact]
    public void Compressed_integers_are_those_of_the_frameworks_writer_and_are_read_back()
    {
        foreach (int value in Edges.Concat(Edges.Select(edge => -edge)).Concat(Edges.Select(edge => -edge - 1)))
        {
            ByteBuffer buffer = new();
            BlobBuilder expected = new();
            buffer.WriteCompressedInt32(value);
            expected.WriteCompressedSignedInteger(value);
            if (value >= 0)
            {
                buffer.WriteCompressedUInt32((uint)value);
                expected.WriteCompressedInteger(value);
            }

            Assert.Equal(expected.ToArray(), buffer.ToArray());
            ByteCursor cursor = new(buffer.AsSpan(), "EW1110", "test");
            Assert.Equal(value, cursor.CompressedInt32());
            Assert.Equal(value >= 0 ? (uint)value : 0, value >= 0 ? cursor.CompressedUInt32() : 0);
            Assert.True(cursor.AtEnd);
        }
    }

    [Fact]
    public void Numbers_are_little_endian_patched_in_place_and_aligned_from_an_origin()
    {
        ByteBuffer buffer = new(1);
        buffer.WriteByte(0x11);
        int origin = buffer.Position;
        buffer.WriteUInt16(0x2233);
        buffer.WriteInt32(-2);
        buffer.WriteInt64(0x0102_0304_0506_0708);
        buffer.Align(4, origin);
        buffer.PatchUInt16(origin, 0x4455);

        Assert.Equal([0x11, 0x55, 0x44, 0xFE, 0xFF, 0xFF, 0xFF, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0], buffer.ToArray());
        Assert.Equal(0, (buffer.Position - origin) % 4);
    }

    [Fact]
    public void A_number_that_no_compressed_form_holds_is_refused()
    {
        ByteBuffer buffer = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.WriteCompressedUInt32(0x2000_0000));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.WriteCompressedInt32(0x1000_0000));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.WriteCompressedInt32(-0x1000_0001));
        Assert.Equal(0, buffer.Position);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC0, 1, 2 })]
    [InlineData(new byte[] { 0xE0, 0, 0, 0 })]
    public void A_compressed_integer_that_ends_early_is_an_error_of_the_file(byte[] bytes)
    {
        InstrumentationException error = Assert.Throws<InstrumentationException>(
            () => new ByteCursor(bytes, "EW1110", "the place").CompressedUInt32());

        Assert.StartsWith("the place: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cleared_buffer_starts_anew()
    {
        ByteBuffer buffer = new();
        buffer.WriteZeros(1000);
        buffer.Clear();
        buffer.WriteByte(7);

        Assert.Equal([7], buffer.ToArray());
    }
}
