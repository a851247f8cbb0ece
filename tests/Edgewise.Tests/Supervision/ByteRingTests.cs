using Edgewise.Supervision.Memory;

namespace Edgewise.Tests.Supervision;

public sealed unsafe class ByteRingTests : IDisposable
{
    private const int Capacity = 64;

    private readonly SharedFile _file = SharedFile.Create("edgewise-test", 4096);
    private readonly ByteRing _ring;

    public ByteRingTests() => _ring = RingOver(_file);

    [Fact]
    public void Records_come_out_as_they_went_in_however_often_the_ring_goes_round()
    {
        byte[] read = new byte[13];
        for (byte i = 0; i < 200; i++)
        {
            byte[] head = [i, 1, 2];
            byte[] body = [3, 4, 5, 6, 7, 8, 9, 10, 11, (byte)(i * 3)];

            Assert.True(_ring.TryWrite(head, body));
            Assert.True(_ring.TryPeek(0, read));
            _ring.Skip(read.Length);

            Assert.Equal([.. head, .. body], read);
        }
    }

    [Fact]
    public void A_record_that_does_not_fit_is_not_there_at_all()
    {
        Assert.True(_ring.TryWrite(new byte[60], []));

        Assert.False(_ring.TryWrite([1, 2], [3, 4, 5]));

        Assert.Equal((60, 4), (_ring.Available, _ring.Free));
    }

    [Fact]
    public void A_stream_longer_than_the_ring_passes_in_parts()
    {
        byte[] sent = [.. Enumerable.Range(0, 500).Select(static i => (byte)i)];
        List<byte> received = [];
        for (int at = 0; received.Count < sent.Length;)
        {
            at += _ring.WriteSome(sent.AsSpan(at));
            byte[] part = new byte[Math.Min(_ring.Available, 17)];
            Assert.True(_ring.TryPeek(0, part));
            _ring.Skip(part.Length);
            received.AddRange(part);
        }

        Assert.Equal(sent, received);
    }

    [Fact]
    public void What_was_written_is_seen_through_another_mapping_of_the_file()
    {
        using SharedFile other = SharedFile.Open(_file.Path);
        ByteRing reader = RingOver(other);
        byte[] read = new byte[2];

        _ring.TryWrite([7], [9]);

        Assert.True(reader.TryPeek(0, read));
        Assert.Equal([7, 9], read);
    }

    [Fact]
    public void A_ring_that_somebody_stored_over_is_told_and_not_believed()
    {
        *(long*)_file.Start = 1_000_000;

        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => _ring.Available);

        Assert.Equal("shared memory is damaged: a ring of 64 bytes holds 1000000", failure.Message);
    }

    [Fact]
    public void More_than_is_there_cannot_be_skipped() => Assert.Throws<ArgumentOutOfRangeException>(() => _ring.Skip(1));

    public void Dispose() => _file.Dispose();

    private static ByteRing RingOver(SharedFile file) => new((long*)file.Start, (long*)(file.Start + 64), file.Start + 128, Capacity);
}
