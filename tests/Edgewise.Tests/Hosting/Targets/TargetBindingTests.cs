using System.Diagnostics;
using System.Text;
using Edgewise.Annotations;
using Edgewise.Hosting;
using Edgewise.Hosting.Targets;
using static Edgewise.Tests.Hosting.Targets.SampleTargets;

namespace Edgewise.Tests.Hosting.Targets;

public sealed class TargetBindingTests
{
    [Fact]
    public void A_target_of_a_span_is_called_directly_and_allocates_nothing()
    {
        FuzzTarget target = Bind(nameof(OfSpan));
        byte[] input = [1, 2, 3];
        target.Run(input);
        int before = Calls;

        long allocated = AllocatedBytes.LeastOfFive(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                target.Run(input);
            }
        });

        Assert.Equal(0, allocated);
        Assert.Equal(5 * 100 * input.Length, Calls - before);
        Assert.Same(target.Method, target.Run.Method);
    }

    [Fact]
    public void A_result_is_of_no_interest() => Assert.Equal(3, Run(nameof(OfSpanWithResult), 1, 2, 3));

    [Fact]
    public void An_array_is_a_copy_of_the_exact_length_that_the_target_may_keep_and_change()
    {
        byte[] input = [1, 2, 3];

        var first = (byte[])Run(nameof(OfArray), input)!;
        first[0] = 99;
        var second = (byte[])Run(nameof(OfArray), input)!;

        Assert.Equal([99, 2, 3], first);
        Assert.Equal([1, 2, 3], second);
    }

    [Fact]
    public void Text_is_utf8_and_what_is_ill_formed_becomes_a_replacement_character()
    {
        Assert.Equal("zażółć", Run(nameof(OfText), "zażółć"u8.ToArray()));
        Assert.Equal("a\uFFFDb\uFFFD", Run(nameof(OfText), (byte)'a', 0xFF, (byte)'b', 0xC3));
    }

    [Fact]
    public void A_stream_is_opened_anew_for_each_run_also_after_the_target_closed_it()
    {
        FuzzTarget target = Bind(nameof(OfStream));

        target.Run("first and longer"u8);
        target.Run("second"u8);

        Assert.Equal("second", Seen);
    }

    [Fact]
    public void A_stream_behaves_as_a_memory_stream_that_cannot_be_written()
    {
        byte[] input = [.. Enumerable.Range(0, 50).Select(i => (byte)i)];
        var stream = (Stream)Run(nameof(KeepingStream), input)!;
        using var model = new MemoryStream(input, writable: false);
        var random = new Random(5);
        for (int step = 0; step < 2_000; step++)
        {
            int amount = random.Next(-10, 70);
            SeekOrigin origin = (SeekOrigin)random.Next(3);
            byte[] left = new byte[random.Next(20)];
            byte[] right = new byte[left.Length];
            Assert.Equal(Attempt(() => model.Seek(amount, origin)), Attempt(() => stream.Seek(amount, origin)));
            Assert.Equal(model.Read(left), stream.Read(right));
            Assert.Equal(left, right);
            Assert.Equal(model.ReadByte(), stream.ReadByte());
            Assert.Equal(model.Position, stream.Position);
        }

        Assert.Equal(input.Length, stream.Length);
        Assert.False(stream.CanWrite);
        Assert.Throws<NotSupportedException>(() => stream.WriteByte(1));
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
    }

    [Fact]
    public void A_provider_begins_anew_with_each_input()
    {
        FuzzTarget target = Bind(nameof(OfProvider));

        target.Run([(byte)'a', (byte)'b', 7]);
        target.Run([(byte)'c', 9]);

        Assert.Equal(((byte)9, "c"), Seen);
    }

    [Fact]
    public void Numbers_come_little_endian_from_the_end_and_a_last_array_takes_the_rest()
    {
        // text up to the backslash, the rest, the truth value, the number.
        byte[] input = [(byte)'h', (byte)'i', (byte)'\\', 0, 0xAA, 0xBB, 1, 0x78, 0x56, 0x34, 0x12];

        Assert.Equal((0x12345678, "hi", true, "AABB"), Run(nameof(OfValues), input));
    }

    [Fact]
    public void A_signed_number_is_the_bytes_it_has_in_memory()
    {
        byte[] input = [.. BitConverter.GetBytes(long.MinValue + 5), .. BitConverter.GetBytes(-123_456), .. BitConverter.GetBytes((short)-2), unchecked((byte)-3)];

        Assert.Equal(((sbyte)-3, (short)-2, -123_456, long.MinValue + 5), Run(nameof(OfSigned), input));
        Assert.Equal(((sbyte)0, (short)0, 0, 0L), Run(nameof(OfSigned)));
    }

    [Fact]
    public void A_floating_point_number_may_be_infinite_or_none()
    {
        byte[] input = [.. BitConverter.GetBytes(double.NegativeInfinity), .. BitConverter.GetBytes(float.NaN)];

        Assert.Equal((float.NaN, double.NegativeInfinity), Run(nameof(OfReals), input));
    }

    [Fact]
    public void Spans_among_other_parameters_are_views_of_what_is_read() =>
        Assert.Equal(("ab", "0102"), Run(nameof(OfSpans), (byte)'a', (byte)'b', (byte)'\\', (byte)'.', 1, 2));

    [Fact]
    public void An_enum_has_only_defined_values_and_flags_only_defined_bits()
    {
        Assert.Equal((Colour.Green, Access.Read | Access.Write, 'x'), Run(nameof(OfChoices), (byte)'x', 0, 0xFF, 4));
        for (int i = 0; i < 256; i++)
        {
            var (colour, access, _) = ((Colour, Access, char))Run(nameof(OfChoices), 0, 0, (byte)i, (byte)i)!;
            Assert.True(Enum.IsDefined(colour));
            Assert.Equal(Access.None, access & ~(Access.Read | Access.Write));
        }
    }

    [Fact]
    public void Guids_times_and_decimals_are_read()
    {
        Guid id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        DateTime time = new(2026, 11, 21, 22, 0, 0, DateTimeKind.Utc);
        byte[] input =
        [
            .. id.ToByteArray(), .. BitConverter.GetBytes(TimeSpan.FromSeconds(-1).Ticks),
            5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, // 5 * 10^-1, negative
            (byte)DateTimeKind.Utc, .. BitConverter.GetBytes(time.Ticks),
        ];

        Assert.Equal((id, time, -0.5m, TimeSpan.FromSeconds(-1)), Run(nameof(OfTimes), input));
    }

    [Fact]
    public void An_array_has_as_many_elements_as_a_byte_says_and_no_more_than_the_input_has()
    {
        Assert.Equal([258, 7], (int[])Run(nameof(OfNumbers), 7, 0, 0, 0, 2, 1, 0, 0, 2)!);
        Assert.Equal([258], (int[])Run(nameof(OfNumbers), 2, 1, 0, 0, 200)!);
        Assert.Equal([], (int[])Run(nameof(OfNumbers))!);
    }

    [Fact]
    public void What_may_be_null_is_null_where_the_input_says_so()
    {
        Assert.Equal(((int?)5, (string?)"x", false), Run(nameof(OfMaybe), (byte)'x', 1, 5, 0, 0, 0, 1));
        Assert.Equal(((int?)null, (string?)null, false), Run(nameof(OfMaybe), (byte)'x', 0, 0));
    }

    [Fact]
    public void Records_are_built_with_their_parts()
    {
        // Strings from the front; from the end: number, count of lines, count of each line, whether there is a note.
        byte[] input = [.. "tea\\.milk\\.soon"u8, 1, 2, 0, 1, 0, 2, 42, 0, 0, 0];

        var order = (Order)Run(nameof(OfRecord), input)!;

        Assert.Equal(42u, order.Number);
        Assert.Equal([new Line("tea", 1), new Line("milk", 2)], order.Lines);
        Assert.Equal("soon", order.Note);
    }

    [Fact]
    public void Tuples_and_dictionaries_are_built()
    {
        var ((left, right), map) = (((byte, ushort), Dictionary<byte, byte>))Run(nameof(OfTuple), 20, 2, 10, 1, 2, 0x34, 0x12, 9)!;

        Assert.Equal((9, 0x1234), (left, right));
        Assert.Equal(new Dictionary<byte, byte> { [1] = 10, [2] = 20 }, map);
    }

    [Fact]
    public void Collections_may_hold_collections()
    {
        // From the end: there is a list, of two, of one and two bytes; a dictionary of one, whose set has a byte and an absent one.
        byte[] input = [0, 9, 1, 2, 7, 1, 6, 5, 2, 4, 1, 2, 1];

        var (lists, sets) = ((IReadOnlyList<IEnumerable<byte>>?, IDictionary<byte, HashSet<byte?>>))Run(nameof(OfNested), input)!;

        Assert.Equal([[4], [5, 6]], lists!);
        Assert.Equal([7], sets.Keys);
        Assert.Equal([9, null], sets[7]);
    }

    [Fact]
    public void A_type_that_may_hold_itself_ends()
    {
        // Each node has as many children as the input can pay for.
        byte[] input = [.. Enumerable.Repeat((byte)2, 100_000)];

        var tree = (Tree)Run(nameof(OfTree), input)!;

        Assert.InRange(Depth(tree), 3, 40);

        static int Depth(Tree tree) => 1 + tree.Children.Select(Depth).DefaultIfEmpty().Max();
    }

    [Fact]
    public void A_class_without_a_constructor_has_its_properties_set_and_those_that_cannot_be_read_left()
    {
        var settings = (Settings)Run(nameof(OfSettings), [.. "name"u8, (byte)'\\', (byte)'.', 0, 200])!;

        Assert.Null(settings.Callback);
        Assert.Equal(("name", (byte)200), (settings.Name, settings.Level));
    }

    [Fact]
    public void What_a_constructor_of_a_parameter_refuses_does_not_reach_the_target()
    {
        Seen = null;

        Assert.Null(Run(nameof(OfPositive), 0));
        Assert.Equal(new Positive(5), Run(nameof(OfPositive), 5));
    }

    [Fact]
    public void An_asynchronous_target_is_waited_for_and_its_failure_comes_through_as_thrown()
    {
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => Run(nameof(Later), 1, 2));

        Assert.Equal("after the delay", failure.Message);
        Assert.Equal(2, Seen);
        Assert.Equal(3, Run(nameof(LaterWithResult), 1, 2, 3));
        Assert.Equal("x", Run(nameof(LaterWithoutResult), (byte)'x'));
    }

    [Fact]
    public void A_record_that_always_holds_itself_is_refused()
    {
        HostingException failure = Assert.Throws<HostingException>(() => Bind(nameof(OfChain)));

        Assert.Contains("its parameter 'chain': Chain always holds another Chain, so that it has no end", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_inputs_give_equal_values()
    {
        var random = new Random(1);
        byte[] input = new byte[200];
        for (int i = 0; i < 100; i++)
        {
            random.NextBytes(input);

            string first = Text((Order)Run(nameof(OfRecord), input)!);
            Run(nameof(OfRecord), 1, 2, 3);

            Assert.Equal(first, Text((Order)Run(nameof(OfRecord), input)!));
        }

        static string Text(Order order) => $"{order} {string.Join(", ", order.Lines.AsEnumerable())}";
    }

    [Fact]
    public void A_call_costs_nanoseconds()
    {
        FuzzTarget target = Bind(nameof(OfSpan));
        byte[] input = [1, 2, 3];
        double best = double.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < 100_000; i++)
            {
                target.Run(input);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / 100_000);
        }

        // Reflection would cost a hundred.
        Assert.InRange(best, 0, 20);
    }

    private static FuzzTarget Bind(string method) => FuzzTarget.Bind(typeof(SampleTargets).GetMethod(method)!);

    private static object? Run(string method, params byte[] input)
    {
        Bind(method).Run(input);
        return Seen;
    }

    private static string Attempt(Func<long> action)
    {
        try
        {
            return action().ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return "refused";
        }
    }
}
