using System.Text;
using Edgewise.Fuzzing.Guidance;

namespace Edgewise.Tests.Fuzzing;

public sealed class SubstitutionTests
{
    [Theory]
    [InlineData("78563412ff", 0x12345678, 0xA1B2C3D4, 4, "d4c3b2a1ff")]
    [InlineData("ff12345678", 0x12345678, 0xA1B2C3D4, 4, "ffa1b2c3d4")]
    [InlineData("0041", 0x41, 0x5A, 4, "005a")]
    [InlineData("fe", 0xFFFFFFFE, 0xFFFFFFF0, 4, "f0")]
    [InlineData("0102030405060708", 0x0807060504030201, 0x1817161514131211, 8, "1112131415161718")]
    public void A_number_is_replaced_in_each_form(string input, ulong observed, ulong wanted, int width, string expected)
    {
        var candidates = new Collected(Convert.FromHexString(input));

        NumberSubstitution.Try(candidates, observed, wanted, width);

        Assert.Contains(expected, candidates.Tried.Select(Convert.ToHexStringLower));
    }

    [Theory]
    [InlineData("n=17;", 17, 1234567, "n=1234567;")]
    [InlineData("n=17;", 17, 0xFFFFFFFF, "n=-1;")]
    [InlineData("x1f", 0x1f, 0xbeef, "xbeef")]
    public void Digits_are_replaced_by_digits(string input, ulong observed, ulong wanted, string expected)
    {
        var candidates = new Collected(Encoding.ASCII.GetBytes(input));

        NumberSubstitution.Try(candidates, observed, wanted, 4);

        Assert.Contains(expected, candidates.Tried.Select(Encoding.ASCII.GetString));
    }

    [Fact]
    public void Neighbours_are_tried_too_since_a_comparison_does_not_tell_its_branch()
    {
        var candidates = new Collected([7]);

        NumberSubstitution.Try(candidates, 7, 100, 1);

        Assert.Equal([[99], [101], [100]], candidates.Tried.Where(tried => tried.Length == 1 && tried[0] is >= 99 and <= 101));
    }

    [Fact]
    public void Nothing_that_the_input_does_not_carry_is_replaced()
    {
        var candidates = new Collected("abc"u8.ToArray());

        NumberSubstitution.Try(candidates, 0x12345678, 5, 4);

        Assert.Empty(candidates.Tried);
    }

    [Fact]
    public void A_text_is_replaced_as_utf8_where_the_target_compared_utf16()
    {
        var candidates = new Collected("key: abc!"u8.ToArray());

        SequenceSubstitution.Try(candidates, Encoding.Unicode.GetBytes("abc"), 6, Encoding.Unicode.GetBytes("grüße"), isText: true);

        Assert.Contains("key: grüße!", candidates.Tried.Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public void A_guid_is_replaced_as_text()
    {
        var observed = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");
        var wanted = Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
        var candidates = new Collected(Encoding.ASCII.GetBytes($"id={observed}"));

        SequenceSubstitution.Try(candidates, observed.ToByteArray(), 16, wanted.ToByteArray(), isText: false);

        Assert.Contains($"id={wanted}", candidates.Tried.Select(Encoding.ASCII.GetString));
    }

    [Theory]
    [InlineData("on 2001-02-03.", "2001-02-03T00:00:00.0000000", "1987-11-04T00:00:00.0000000", "on 1987-11-04.")]
    [InlineData("03 Feb 2001 04:05:06 GMT", "2001-02-03T04:05:06.0000000", "1987-11-04T12:30:00.0000000", "04 Nov 1987 12:30:00 GMT")]
    [InlineData("02/03/2001 4:05 AM", "2001-02-03T04:05:00.0000000", "1987-11-04T12:30:00.0000000", "11/04/1987 12:30 PM")]
    [InlineData("2001-02-03T04:05:06+07:00", "2001-02-03T04:05:06.0000000+07:00", "1970-01-01T00:00:00.0000000+00:00", "1970-01-01T07:00:00+07:00")]
    [InlineData("t=1000000000", "2001-09-09T01:46:40.0000000+00:00", "2001-09-09T01:46:42.0000000+00:00", "t=1000000002")]
    [InlineData("04:05", "04:05:00.0000000", "12:30:00.0000000", "12:30")]
    [InlineData("[1:02:03]", "01:02:03", "02:30:00", "[2:30:00]")]
    [InlineData("after 90 s", "00:01:30", "00:02:00", "after 120 s")]
    [InlineData("sum 12.50 EUR", "12.50", "1499.95", "sum 1499.95 EUR")]
    [InlineData("sum 12.50 EUR", "12.50", "1499.95", "sum 1500.95 EUR")]
    [InlineData("sum 1,112.50 EUR", "1112.50", "21499.95", "sum 21,499.95 EUR")]
    public void A_value_is_replaced_in_the_form_that_the_input_has_it_in(string input, string observed, string wanted, string expected)
    {
        var candidates = new Collected(Encoding.ASCII.GetBytes(input));

        byte[] left = Encoding.Unicode.GetBytes(observed);
        SequenceSubstitution.Try(candidates, left, left.Length, Encoding.Unicode.GetBytes(wanted), isText: true);

        Assert.Contains(expected, candidates.Tried.Select(Encoding.ASCII.GetString));
    }

    [Fact]
    public void What_is_compared_after_decoding_is_replaced_within_base64_and_hexadecimal_digits()
    {
        var candidates = new Collected(Encoding.ASCII.GetBytes($"[{Convert.ToBase64String("xxabcdyy"u8)}|{Convert.ToHexStringLower("abcd"u8)}]"));

        EncodedParts.Visit(candidates, part => SequenceSubstitution.Try(part, "abcd"u8, 4, "GOLD"u8, isText: false));

        Assert.Contains(candidates.Tried, tried => Encoding.ASCII.GetString(tried).StartsWith($"[{Convert.ToBase64String("xxGOLDyy"u8)}|", StringComparison.Ordinal));
        Assert.Contains(candidates.Tried, tried => Encoding.ASCII.GetString(tried).EndsWith($"|{Convert.ToHexStringLower("GOLD"u8)}]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_is_replaced_as_it_would_be_written_in_quotes()
    {
        var candidates = new Collected("""{"name":"abcd"}"""u8.ToArray());

        SequenceSubstitution.Try(candidates, "abcd"u8, 4, "a \"b\"\n"u8, isText: false);

        Assert.Contains("""{"name":"a \"b\"\n"}""", candidates.Tried.Select(Encoding.ASCII.GetString));
    }

    [Fact]
    public void Where_nothing_was_compared_the_other_side_goes_between_what_separates()
    {
        var candidates = new Collected("kind=2\n=5"u8.ToArray());

        SequenceSubstitution.Try(candidates, [], 0, "size"u8, isText: false);

        Assert.Contains("kind=2\nsize=5", candidates.Tried.Select(Encoding.ASCII.GetString));
        Assert.DoesNotContain("kisizend=2\n=5", candidates.Tried.Select(Encoding.ASCII.GetString));
    }

    [Fact]
    public void A_length_that_is_compared_makes_the_input_as_long()
    {
        var candidates = new Collected("abc"u8.ToArray());

        LengthSubstitution.Try(candidates, 3, 10);

        Assert.Superset(new HashSet<int> { 9, 10, 11 }, candidates.Tried.Select(tried => tried.Length).ToHashSet());
    }

    private sealed class Collected(byte[] input) : ICandidates
    {
        public List<byte[]> Tried { get; } = [];

        public ReadOnlySpan<byte> Baseline => input;

        public int MaxLength => 4096;

        public bool Try(int start, int removed, ReadOnlySpan<byte> replacement)
        {
            Tried.Add([.. input.AsSpan(0, start), .. replacement, .. input.AsSpan(start + removed)]);
            return false;
        }

        public bool TryPart(int start, int removed, ReadOnlySpan<byte> replacement) => Try(start, removed, replacement);

        public bool TryLonger(ReadOnlySpan<byte> filler) => Try(input.Length, 0, filler);
    }
}
