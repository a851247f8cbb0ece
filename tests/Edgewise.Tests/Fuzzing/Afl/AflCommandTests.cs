using System.Text.Json;
using Edgewise.Fuzzing.Afl;
using Edgewise.Tests.Cli;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Fuzzing.Afl;

public sealed class AflCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void It_writes_a_program_and_prints_nothing_but_its_path()
    {
        Assert.SkipUnless(AflLauncher.IsAvailable, "needs Linux on x86-64");

        CommandRun run = CommandRun.Of("afl", FuzzedProgram.Path, "--method", "steps", "-o", _folder.At("steps.afl"));

        Assert.Equal((0, _folder.At("steps.afl") + Environment.NewLine), (run.ExitCode, run.Output));
        Assert.Contains(run.Errors, line => line.Contains("Fuzzed.AflTargets.Steps(ReadOnlySpan<byte>)", StringComparison.Ordinal) && line.Contains("edges in Fuzzed", StringComparison.Ordinal));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.At("steps.afl")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal([_folder.At("steps.afl")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void As_JSON_it_tells_path_method_edges_and_modules()
    {
        Assert.SkipUnless(AflLauncher.IsAvailable, "needs Linux on x86-64");

        CommandRun run = CommandRun.Of("afl", FuzzedProgram.Path, "--method", "steps", "-o", _folder.At("steps.afl"), "--json", "-");

        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(_folder.At("steps.afl"), json.GetProperty("launcher").GetString());
        Assert.Equal("Fuzzed.AflTargets.Steps(ReadOnlySpan<byte>)", json.GetProperty("method").GetString());
        Assert.InRange(json.GetProperty("points").GetInt32(), 10, 1000);
        Assert.Equal("Fuzzed", Assert.Single(json.GetProperty("modules").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("'nothing'", "--method", "nothing")]
    [InlineData("choose one:")]
    [InlineData("no edges are counted", "--method", "steps", "--assemblies", "Other")]
    public void What_is_wrong_with_a_target_is_told_and_nothing_is_written(string expected, params string[] options)
    {
        Assert.SkipUnless(AflLauncher.IsAvailable, "needs Linux on x86-64");

        CommandRun run = CommandRun.Of(["afl", FuzzedProgram.Path, "-o", _folder.At("x.afl"), .. options]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(run.Errors, line => line.Contains(expected, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_target_that_is_missing_and_a_place_that_cannot_be_written_are_named()
    {
        Assert.SkipUnless(AflLauncher.IsAvailable, "needs Linux on x86-64");

        CommandRun missing = CommandRun.Of("afl", _folder.At("None.dll"));
        CommandRun nowhere = CommandRun.Of("afl", FuzzedProgram.Path, "--method", "steps", "-o", _folder.At("none", "x.afl"));
        CommandRun itself = CommandRun.Of("afl", FuzzedProgram.Path, "--method", "steps", "-o", FuzzedProgram.Path);

        Assert.Equal((1, 1, 1), (missing.ExitCode, nowhere.ExitCode, itself.ExitCode));
        Assert.Contains(missing.Errors, line => line.Contains("None.dll", StringComparison.Ordinal));
        Assert.Contains(nowhere.Errors, line => line.Contains(_folder.At("none"), StringComparison.Ordinal));
        Assert.Contains(itself.Errors, line => line.Contains("is the target itself", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
