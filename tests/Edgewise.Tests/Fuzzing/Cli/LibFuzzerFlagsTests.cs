using Edgewise.Cli.Commands.Fuzz;

namespace Edgewise.Tests.Fuzzing.Cli;

public sealed class LibFuzzerFlagsTests
{
    [Fact]
    public void Flags_have_the_defaults_of_libFuzzer()
    {
        var flags = LibFuzzerFlags.Parse([]);

        Assert.Equal((-1L, 1200L, 2048L, 5L, 100L), (flags.Number("runs"), flags.Number("timeout"), flags.Number("rss_limit_mb"), flags.Number("mutate_depth"), flags.Number("len_control")));
        Assert.Empty(flags.Errors);
    }

    [Theory]
    [InlineData("runs=many", "-runs=many: a whole number was expected")]
    [InlineData("runs=-2", "-runs=-2: expected 0 or more, or -1 for no limit")]
    [InlineData("max_len=-1", "-max_len=-1: expected 0 or more")]
    [InlineData("timeout=99999999999", "-timeout=99999999999: expected at most 2147483647")]
    public void A_flag_out_of_range_is_an_error(string flag, string error) => Assert.Equal([error], LibFuzzerFlags.Parse([flag]).Errors);

    [Fact]
    public void Flags_that_exclude_each_other_are_an_error() =>
        Assert.Equal(["-merge and -minimize_crash and -fork exclude each other; expected one of them"], LibFuzzerFlags.Parse(["fork=2", "merge=1", "minimize_crash=1", "jobs=0"]).Errors);

    [Fact]
    public void Flags_that_nobody_has_are_warned_of_and_those_of_libFuzzer_that_mean_nothing_here_are_named()
    {
        var flags = LibFuzzerFlags.Parse(["nonsense=1", "handle_segv=0"]);

        Assert.Empty(flags.Errors);
        Assert.Equal(["WARNING: unrecognized flag '-nonsense=1'; use -help=1 to list all flags", "-handle_segv is a flag of libFuzzer's that means nothing here; it is ignored"], flags.Warnings);
    }
}
