using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Tests.Fuzzing.Cli;

public sealed class ReproductionTests
{
    private static readonly FuzzSettings Settings = new() { TargetPath = "/home/me/app/bin/Targets.dll", Assemblies = "*" };

    [Fact]
    public void Paths_below_the_folder_are_told_from_there() =>
        Assert.Equal("edgewise fuzz bin/Targets.dll crash-1", Reproduction.Command(Settings, "./crash-1", "/home/me/app"));

    [Fact]
    public void Other_paths_are_told_in_full() =>
        Assert.Equal("edgewise fuzz /home/me/app/bin/Targets.dll crash-1", Reproduction.Command(Settings, "crash-1", "/home/you"));

    [Fact]
    public void What_a_shell_would_read_otherwise_is_quoted()
    {
        FuzzSettings settings = Settings with { Method = "N.T.M(string, int)", Expected = ["FormatException", "A.B"] };

        Assert.Equal(
            "edgewise fuzz bin/Targets.dll 'it'\\''s here/crash-1' --method 'N.T.M(string, int)' --expects FormatException,A.B", Reproduction.Command(settings, "it's here/crash-1", "/home/me/app"));
    }

    [Fact]
    public void A_file_that_looks_like_a_flag_is_none() =>
        Assert.Equal("edgewise fuzz bin/Targets.dll ./-crash", Reproduction.Command(Settings, "./-crash", "/home/me/app"));

    [Fact]
    public void An_empty_word_is_quoted() => Assert.Equal("''", Reproduction.Quote(""));
}
