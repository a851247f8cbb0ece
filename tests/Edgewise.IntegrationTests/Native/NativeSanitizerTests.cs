using Edgewise.IntegrationTests.Binaries;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Native;

/// <summary>Programs with a sanitizer of clang's and our runtime, and what <c>edgewise sancov</c> says of the files that our runtime wrote.</summary>
public sealed class NativeSanitizerTests
{
    [Theory]
    [InlineData("address", "trace-pc-guard")]
    [InlineData("address", "inline-8bit-counters,pc-table")]
    [InlineData("undefined", "trace-pc-guard")]
    [InlineData("undefined", "inline-8bit-counters,pc-table")]
    public void The_death_of_a_program_with_a_sanitizer_leaves_what_ran(string sanitizer, string features)
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.BuildSanitized("faults.c", folder.Path, features, sanitizer);

        (int code, _, string error) = NativePrograms.Start(program, [sanitizer], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        Assert.True(code != 0 && (error.Contains("heap-buffer-overflow", StringComparison.Ordinal) || error.Contains("signed integer overflow", StringComparison.Ordinal)), error);
        string[] covered = ClangBuild.Sancov("covered-functions", program, Assert.Single(Directory.GetFiles(folder.File("coverage"), "faults.*.sancov")));
        string faulty = sanitizer == "address" ? "write_behind" : "count_on";
        Assert.Equal(new[] { faulty, "main" }.Order(), covered.Select(line => line.Split(' ')[^1]).Order());
    }

    [Theory]
    [InlineData("trace-pc-guard")]
    [InlineData("trace-pc")]
    [InlineData("inline-8bit-counters,pc-table")]
    [InlineData("inline-bool-flag,pc-table")]
    [InlineData("trace-pc-guard,inline-8bit-counters,pc-table")]
    public void The_PCs_that_the_runtime_writes_are_points_of_the_binary(string features)
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, features);

        NativePrograms.Start(program, ["ab"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        // A PC that is no point, or another build id, would be an error.
        string sancov = Assert.Single(Directory.GetFiles(folder.File("coverage"), "branches.*.sancov"));
        string[] stats = ClangBuild.Sancov("stats", program, sancov);
        Assert.NotEqual("cov-edges: 0", stats[1]);
        Assert.Equal(["main", "reached_a", "reached_b"], ClangBuild.Sancov("covered-functions", program, sancov).Select(line => line.Split(' ')[^1]).Order());
    }
}
