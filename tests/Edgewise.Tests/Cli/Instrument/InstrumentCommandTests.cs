using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Edgewise.Hosting.Programs;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Cli.Instrument;

public sealed class InstrumentCommandTests : IDisposable
{
    private const string Supervision = "Edgewise.Supervision.dll";
    private static readonly string Module = typeof(TargetProgram).Assembly.Location;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_assembly_and_its_pdb_are_written_and_one_line_tells_of_them()
    {
        string input = CopyWithPdb();

        CommandRun run = CommandRun.Of("instrument", input, "-o", _folder.At("out"));

        Assert.Equal((0, []), (run.ExitCode, run.Errors));
        Assert.Matches(@"^Edgewise\.Hosting\.dll: \d+ methods, [\d,]+ points, 0 left out, \d+ ms\r?\n$", run.Output);
        Assert.Equal(["Edgewise.Hosting.dll", "Edgewise.Hosting.pdb"], Names("out"));
        Assert.True(ImagePoints.TryRead(File.ReadAllBytes(_folder.At("out", "Edgewise.Hosting.dll")), "out", out PointSet? points));
        Assert.Equal(
            (InstrumentationLevel.Edge, CoverageFeatures.Inline8BitCounters | CoverageFeatures.PcTable, Pruning.Exact, false),
            (points.Level, points.Features, points.Pruning, points.EntryPruned));
    }

    [Fact]
    public void An_assembly_and_its_pdb_are_the_same_bytes_in_any_culture()
    {
        string input = CopyWithPdb();
        CultureInfo before = CultureInfo.CurrentCulture, odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = "minus";
        odd.NumberFormat.NumberGroupSeparator = odd.NumberFormat.NumberDecimalSeparator = ",";

        Assert.Equal(0, CommandRun.Of("instrument", input, "-o", _folder.At("out")).ExitCode);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = odd;
            Assert.Equal(0, CommandRun.Of("instrument", input, "-o", _folder.At("odd")).ExitCode);
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }

        Assert.Equal(["Edgewise.Hosting.dll", "Edgewise.Hosting.pdb"], Names("odd"));
        Assert.All(Names("odd"), name => Assert.Equal(File.ReadAllBytes(_folder.At("out", name!)), File.ReadAllBytes(_folder.At("odd", name!))));
    }

    [Theory]
    [InlineData("8bit-counters", "3", CoverageFeatures.Inline8BitCounters, InstrumentationLevel.Edge, 2)]
    [InlineData("inline-bool-flag", "2", CoverageFeatures.InlineBoolFlag, InstrumentationLevel.Bb, 1)]
    [InlineData("inline-8bit-counters,never-zero", "1", CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero, InstrumentationLevel.Func, 1)]
    [InlineData("inline-8bit-counters", "4", CoverageFeatures.Inline8BitCounters, InstrumentationLevel.Edge, 1)]
    [InlineData("inline-8bit-counters", "func", CoverageFeatures.Inline8BitCounters, InstrumentationLevel.Func, 0)]
    public void Names_of_2016_are_accepted_with_a_note(string features, string level, CoverageFeatures expectedFeatures, InstrumentationLevel expectedLevel, int notes)
    {
        CommandRun run = CommandRun.Of("instrument", CopyWithPdb(), "-o", _folder.At("out"), "--features", features, "--level", level, "--no-prune", "--entry", "prune");

        Assert.Equal((0, notes), (run.ExitCode, run.Errors.Count));
        Assert.True(ImagePoints.TryRead(File.ReadAllBytes(_folder.At("out", "Edgewise.Hosting.dll")), "out", out PointSet? points));
        Assert.Equal((expectedLevel, expectedFeatures, Pruning.None, true), (points.Level, points.Features, points.Pruning, points.EntryPruned));
    }

    [Fact]
    public void The_runtime_stands_beside_the_output_only_where_it_is_called()
    {
        string input = _folder.Copy(typeof(Edgewise.Supervision.DotnetHost).Assembly.Location, Path.Combine("in", Supervision));

        Assert.Equal(0, CommandRun.Of("instrument", input, "-o", _folder.At("calls"), "--features", "trace-pc").ExitCode);
        Assert.Equal(0, CommandRun.Of("instrument", input, "-o", _folder.At("counts"), "--features", "inline-8bit-counters").ExitCode);

        Assert.Contains("Edgewise.Runtime.dll", Names("calls"));
        Assert.DoesNotContain("Edgewise.Runtime.dll", Names("counts"));
        Assert.Equal(References("counts").Append("Edgewise.Runtime").Order(StringComparer.Ordinal), References("calls"));
    }

    [Fact]
    public void The_json_tells_of_each_module()
    {
        CommandRun run = CommandRun.Of("instrument", CopyWithPdb(), "-o", _folder.At("out"), "--json", "-");

        using var json = JsonDocument.Parse(run.Output);
        JsonElement module = json.RootElement.GetProperty("modules")[0];
        Assert.Equal("Edgewise.Hosting.dll", module.GetProperty("name").GetString());
        Assert.Equal(_folder.At("out", "Edgewise.Hosting.dll"), module.GetProperty("output").GetString());
        Assert.True(module.GetProperty("points").GetInt32() > module.GetProperty("methods").GetInt32());
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        string text = _folder.Write("text.dll", "no assembly");

        CommandRun run = CommandRun.Of(
            "instrument", text, _folder.At("missing.dll"), "-o", _folder.At("out"), "--level", "line", "--features", "never-zero,trace-cmps", "--prune", "all",
            "--entry", "maybe", "--allowlist", _folder.At("none.txt"), "--callbacks", "Nobody!C", "--json", _folder.At("nowhere", "result.json"));

        Assert.Equal(1, run.ExitCode);
        Assert.All(run.Errors, line => Assert.StartsWith("edgewise: ", line, StringComparison.Ordinal));
        foreach (string part in (string[])["--level: 'line'", "'trace-cmps' is not known; known are inline-8bit-counters", "never-zero says", "--prune: 'all'", "--entry: 'maybe'", "none.txt", "--callbacks: there is no Nobody.dll", "text.dll: is not a PE image", "missing.dll: there is no such file", "result.json: there is no folder"])
        {
            Assert.Single(run.Errors, line => line.Contains(part, StringComparison.Ordinal));
        }

        Assert.False(Directory.Exists(_folder.At("out")));
    }

    [Fact]
    public void Two_inputs_of_one_name_are_refused()
    {
        string input = CopyWithPdb();
        string other = _folder.Copy(input, Path.Combine("other", "edgewise.HOSTING.dll"));

        CommandRun run = CommandRun.Of("instrument", input, other, "-o", _folder.At("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("have one file name", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("out")));
    }

    [Theory]
    [InlineData("in")]
    [InlineData("in/below")]
    [InlineData("in/../in/")]
    public void An_output_folder_in_that_of_the_input_is_refused(string output)
    {
        CommandRun run = CommandRun.Of("instrument", CopyWithPdb(), "-o", Path.Combine(_folder.Path, output));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("lies in the folder of the input", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Equal(["Edgewise.Hosting.dll", "Edgewise.Hosting.pdb"], Names("in"));
    }

    [Fact]
    public void Existing_output_and_output_that_is_a_file_are_refused()
    {
        string input = CopyWithPdb();
        string existing = _folder.Write(Path.Combine("out", "Edgewise.Hosting.pdb"), "mine"), file = _folder.Write("file", "mine too");

        CommandRun first = CommandRun.Of("instrument", input, "-o", _folder.At("out"));
        CommandRun second = CommandRun.Of("instrument", input, "-o", file);

        Assert.Equal((1, 1), (first.ExitCode, second.ExitCode));
        Assert.Equal($"edgewise: {existing}: exists already; remove it or choose another folder with -o", Assert.Single(first.Errors));
        Assert.Equal($"edgewise: {file}: is a file; the output must be a folder", Assert.Single(second.Errors));
        Assert.Equal(["Edgewise.Hosting.pdb"], Names("out"));
    }

    [Fact]
    public void An_instrumented_assembly_is_not_instrumented_again_and_nothing_of_the_others_is_written()
    {
        string input = CopyWithPdb();
        CommandRun.Of("instrument", input, "-o", _folder.At("once"));
        string other = _folder.Copy(typeof(Edgewise.Supervision.DotnetHost).Assembly.Location, Path.Combine("in", Supervision));

        CommandRun run = CommandRun.Of("instrument", other, _folder.At("once", "Edgewise.Hosting.dll"), "-o", _folder.At("twice"));

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^edgewise: .*Edgewise\.Hosting\.dll: .*\(EW\d+\)$", Assert.Single(run.Errors));
        Assert.False(Directory.Exists(_folder.At("twice")));
    }

    [Fact]
    public void The_assembly_of_the_callbacks_is_never_instrumented()
    {
        string own = Compilation.Library(_folder, "Own", "public static class C { public static void TracePc(int point) { } }");

        CommandRun run = CommandRun.Of("instrument", own, "-o", _folder.At("../out"), "--features", "trace-pc", "--callbacks", "Own!C");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("holds the class of --callbacks", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_of_which_no_feature_calls_anything_is_refused()
    {
        Compilation.Library(_folder, "Own", "public static class C { public static void TracePc(int point) { } }");
        string callbacks = $"{_folder.At("Own.dll")}!C";

        CommandRun run = CommandRun.Of("instrument", CopyWithPdb(), "-o", _folder.At("out"), "--features", "trace-pc-guard", "--callbacks", callbacks);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("declares TracePc, of which --features trace-pc-guard calls none", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string CopyWithPdb()
    {
        _folder.Copy(Path.ChangeExtension(Module, ".pdb"), Path.Combine("in", "Edgewise.Hosting.pdb"));
        return _folder.Copy(Module, Path.Combine("in", "Edgewise.Hosting.dll"));
    }

    private IEnumerable<string?> Names(string folder) =>
        Directory.GetFileSystemEntries(_folder.At(folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private string[] References(string folder)
    {
        using var reader = new PEReader(File.OpenRead(_folder.At(folder, Supervision)));
        MetadataReader metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)).Order(StringComparer.Ordinal)];
    }
}
