using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;
using Edgewise.Supervision;
using Edgewise.Supervision.Memory;

namespace Edgewise.Tests.Exploration.Engines;

public sealed unsafe class ResultRecordTests : IDisposable
{
    private const int Capacity = 1 << 16;

    private readonly SharedFile _file = SharedFile.Create("edgewise-test", 4096 + Capacity);
    private readonly ByteRing _ring;
    private readonly ResultReader _reader;

    public ResultRecordTests()
    {
        _ring = new ByteRing((long*)_file.Start, (long*)(_file.Start + 64), _file.Start + 4096, Capacity);
        _reader = new ResultReader(_ring);
    }

    [Fact]
    public void A_job_survives_the_way_with_all_its_steps_and_marks()
    {
        var job = new Job(new Timeline(ulong.MaxValue, Recipe.Parse("0@1 -> 9223372036854775807@18446744073709551615")), new EdgeMark[] { new(3, 1), new(70_000, 128) });
        byte[] bytes = new byte[JobCodec.SizeOf(job)];

        JobCodec.Write(long.MaxValue, job, bytes);
        _ring.TryWrite(bytes, []);
        bool isThere = JobCodec.TryPeek(_ring, out long number, out Job read);

        Assert.True(isThere);
        Assert.Equal((long.MaxValue, job.Timeline), (number, read.Timeline));
        Assert.Equal(job.Marks.ToArray(), read.Marks.ToArray());
    }

    [Fact]
    public void A_job_of_which_a_part_is_missing_is_not_there_yet()
    {
        var job = new Job(new Timeline(1, Recipe.Parse("1@2 -> 3@4")));
        byte[] bytes = new byte[JobCodec.SizeOf(job)];
        JobCodec.Write(1, job, bytes);

        _ring.TryWrite(bytes.AsSpan(0, bytes.Length - 1), []);

        Assert.False(JobCodec.TryPeek(_ring, out _, out _));
    }

    [Fact]
    public void A_record_of_no_known_kind_is_damage()
    {
        Write(77, []);

        Assert.Equal("shared memory is damaged: a record of kind 77 has 0 bytes", Assert.Throws<InvalidDataException>(() => _reader.Next()).Message);
    }

    [Fact]
    public void A_discovery_behind_a_gap_is_damage()
    {
        Write((int)RecordKind.Start, BitConverter.GetBytes(1L));
        Write((int)RecordKind.Discovery, new byte[8 + sizeof(Discovery)], place: 5);

        Assert.Equal("shared memory is damaged: discovery 5 came behind 0", Assert.Throws<InvalidDataException>(() => _reader.Next()).Message);
    }

    [Fact]
    public void A_file_that_is_no_slot_is_refused_by_name()
    {
        SupervisionException failure = Assert.Throws<SupervisionException>(() => WorkerSlot.Open(_file.Path));

        Assert.StartsWith($"{_file.Path}: not the slot of a worker, or of another build of Edgewise", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_options_are_told_at_once()
    {
        var options = new WorkerOptions(null!) { Workers = 0, Deadline = TimeSpan.Zero, StartDeadline = TimeSpan.FromSeconds(-1), MemoryLimit = 0 };

        ArgumentException failure = Assert.Throws<ArgumentException>(() => new WorkersEngine(options));

        Assert.Equal(
            "worker options: Launch is missing; Workers is 0, expected 1 or more; Deadline is 00:00:00, expected more than zero; StartDeadline is -00:00:01, expected more than zero; MemoryLimit is 0, expected more than zero",
            failure.Message);
    }

    [Fact]
    public void Nothing_can_be_taken_before_something_was_submitted()
    {
        using var engine = new WorkersEngine(new WorkerOptions(static _ => throw new InvalidOperationException("must not be started")));

        Assert.Equal("no timeline was submitted", Assert.Throws<InvalidOperationException>(() => engine.Take()).Message);
    }

    public void Dispose() => _file.Dispose();

    private void Write(int kind, byte[] body, long place = 0)
    {
        if (kind == (int)RecordKind.Discovery)
        {
            BitConverter.TryWriteBytes(body, place);
        }

        _ring.TryWrite([.. BitConverter.GetBytes(kind), .. BitConverter.GetBytes(body.Length)], body);
    }
}
