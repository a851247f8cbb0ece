using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Options;

namespace Edgewise.Tests.Runtime;

public sealed class RuntimeOptionsTests
{
    private readonly List<string> _complaints = [];

    [Theory]
    [InlineData("coverage=1:coverage_dir=/tmp/out:coverage_direct=1:verbosity=2")]
    [InlineData("coverage=true,coverage_dir=/tmp/out,coverage_direct=yes,verbosity=2")]
    [InlineData("  coverage=yes coverage_dir='/tmp/out'\ncoverage_direct=true\tverbosity=2 ")]
    [InlineData("coverage=0:coverage=1::coverage_dir=\"/tmp/out\",:verbosity=2:coverage_direct=1")]
    public void Options_are_separated_and_quoted_as_the_sanitizers_do(string text)
    {
        RuntimeOptions options = RuntimeOptions.Parse(text, _complaints.Add);

        Assert.Equal(
            new RuntimeOptions { Coverage = true, Directory = "/tmp/out", Direct = true, Verbosity = 2, Dump = new DumpOptions { Formats = DumpFormats.Raw } }, options);
        Assert.Empty(_complaints);
    }

    [Fact]
    public void Without_the_variable_everything_is_off()
    {
        Assert.Equal(new RuntimeOptions { Directory = "coverage" }, RuntimeOptions.Parse(null, _complaints.Add));
        Assert.Empty(_complaints);
    }

    [Fact]
    public void The_options_of_2016_choose_formats_paths_and_bounds()
    {
        RuntimeOptions options = RuntimeOptions.Parse(
            "coverage_bitset=1:coverage_counters=1:coverage_packed=1:coverage_max_block_size=4096:coverage_direct=1:coverage_direct=0:"
            + "strip_path_prefix='/home/me:':caller-callee=0:trace-bb=0:trace_events=12", _complaints.Add);

        Assert.Equal(
            new DumpOptions { Formats = DumpFormats.Bitset | DumpFormats.Counters | DumpFormats.Packed, PackedBlockSize = 4096, StripPathPrefix = "/home/me:" }, options.Dump);
        Assert.Equal((false, false, false, 12), (options.Direct, options.CallerCallee, options.Trace, options.TraceEvents));
        Assert.Empty(_complaints);
    }

    [Fact]
    public void A_quoted_value_may_hold_separators()
    {
        RuntimeOptions options = RuntimeOptions.Parse("coverage_dir='C:\\my files, really':coverage=1", _complaints.Add);

        Assert.Equal("C:\\my files, really", options.Directory);
        Assert.True(options.Coverage);
    }

    [Theory]
    [InlineData("coverag=1:coverage=1", "EDGEWISE_OPTIONS: unknown option 'coverag'")]
    [InlineData("coverage=1 halt_on_error=0", "EDGEWISE_OPTIONS: unknown option 'halt_on_error'")]
    [InlineData("coverage=1:coverage_direct=maybe", "EDGEWISE_OPTIONS: coverage_direct: 'maybe' is not one of 0, 1, true, false, yes, no")]
    [InlineData("coverage=1:verbosity=much", "EDGEWISE_OPTIONS: verbosity: 'much' is not a number")]
    [InlineData("coverage=1:coverage_max_block_size=20", "EDGEWISE_OPTIONS: coverage_max_block_size: '20' is not 0 or a number from 1024 to 268435456")]
    [InlineData("coverage=1:trace=3", "EDGEWISE_OPTIONS: trace: '3' is not one of pc, cmp, uniq-pc, uniq-edge, uniq-cmp, 'uniq-pc,uniq-edge', or 0, 1, 2, 4, 8, 6")]
    [InlineData("coverage=1:trace_events=-1", "EDGEWISE_OPTIONS: trace_events: '-1' is not 0 or a number from 1 to 268435456")]
    [InlineData("coverage=1:coverage_bitset", "EDGEWISE_OPTIONS: coverage_bitset: '' is not one of 0, 1, true, false, yes, no")]
    [InlineData("coverage=1:coverage_dir=", "EDGEWISE_OPTIONS: coverage_dir: a folder expected")]
    [InlineData("coverage=1:coverage_dir", "EDGEWISE_OPTIONS: coverage_dir: a folder expected")]
    [InlineData("coverage=1:\u001b[31m=1", "EDGEWISE_OPTIONS: unknown option '?[31m'")]
    public void A_bad_option_gives_one_line_and_the_rest_is_honoured(string text, string expected)
    {
        RuntimeOptions options = RuntimeOptions.Parse(text, _complaints.Add);

        Assert.Equal([expected], _complaints);
        Assert.Equal(new RuntimeOptions { Coverage = true }, options);
    }

    [Fact]
    public void A_quote_that_does_not_end_is_told_and_taken_to_the_end()
    {
        RuntimeOptions options = RuntimeOptions.Parse("coverage=1:coverage_dir='a b", _complaints.Add);

        Assert.Equal(["EDGEWISE_OPTIONS: coverage_dir: the quote does not end"], _complaints);
        Assert.Equal("a b", options.Directory);
    }
}
