using Edgewise.IntegrationTests.Native;

namespace Edgewise.IntegrationTests.Binaries;

/// <summary>Programs of Rust: coverage of stable rustc's own LLVM, which may be newer than the symboliser, and names as the source has them.</summary>
public sealed class RustTests : IDisposable
{
    private const string Level = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3";
    private const string Guards = "-Cllvm-args=-sanitizer-coverage-trace-pc-guard", Counters = "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table";

    private const string Older = " -Csymbol-mangling-version=legacy -Zunstable-options";

    private readonly ClangBuild _clang = new();

    public void Dispose() => _clang.Dispose();

    [Theory]
    [InlineData(Guards + Older, "{{closure}}", "halved")]
    [InlineData(Counters + Older, "{{closure}}", "halved")]
    [InlineData(Guards + " -Csymbol-mangling-version=v0", "{closure#0}", "halved::<u16>")]
    public void Names_are_those_of_the_source_in_either_mangling(string options, string closure, string generic)
    {
        Assert.SkipUnless(ClangBuild.Has("rustc"), "rustc is not on PATH");
        NativePrograms.NeedClang();
        string program = _clang.PathOf("shapes");
        (int built, _, string complaint) = _clang.Run(
            "rustc", ["-g", .. Level.Split(' '), .. options.Split(' '), "-o", program, ClangBuild.Source("native/shapes.rs"), "-Clink-arg=" + NativePrograms.StaticRuntime], ("RUSTC_BOOTSTRAP", "1"));
        Assert.SkipWhen(built != 0 && complaint.Contains("nknown", StringComparison.Ordinal), complaint);
        Assert.True(built == 0, complaint);

        Assert.Equal(0, _clang.Run(program, [], ("EDGEWISE_OPTIONS", "coverage=1")).ExitCode);
        string sancov = Assert.Single(Directory.GetFiles(_clang.PathOf("coverage"), "shapes.*.sancov"));

        Assert.Equal(
            new[] { "<shapes::Square as shapes::Shape>::area", "shapes::" + generic, "shapes::main", "shapes::main::" + closure }.Order(StringComparer.Ordinal),
            Own("covered-functions", program, sancov));
        Assert.Equal(["shapes::unused"], Own("not-covered-functions", program, sancov));
    }

    private static IEnumerable<string> Own(string action, string program, string sancov) => ClangBuild.Sancov(action, program, sancov)
        .Where(line => line.Contains("shapes.rs:", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
        .Order(StringComparer.Ordinal);
}
