using System.Text.Json;

namespace Edgewise.IntegrationTests.Run;

/// <summary>What a program sees under <c>edgewise run</c> is what it sees without.</summary>
public sealed class SurroundingsTests(EdgewiseRun edgewise) : IClassFixture<EdgewiseRun>
{
    [Fact]
    public void Folders_arguments_input_satellites_files_and_stack_traces_are_the_same()
    {
        using var folder = new CoverageFolder();
        string[] arguments = ["everything", "two words", "--option", "@file", "--", "ünïcode", ""];
        using ChildProcess plain = ChildProcess.Start([TestPrograms.Ends, .. arguments], folder.Path);
        plain.WaitForEnd("first line\nsecond line");

        using ChildProcess run = edgewise.Start(folder, TestPrograms.Ends, [], arguments, folder.Path);
        int exitCode = run.WaitForEnd("first line\nsecond line");

        Assert.Equal(0, exitCode);
        Assert.Contains("Ways.cs:line", plain.Output, StringComparison.Ordinal);
        Assert.Contains("satellite guten Tag", plain.Output, StringComparison.Ordinal);
        Assert.Equal(plain.Output, run.Output);
        Assert.StartsWith("on standard error\n", string.Join('\n', run.Error.Split('\n').Where(l => !l.StartsWith("edgewise:", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_native_library_beside_the_program_is_found()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Path.GetDirectoryName(TestPrograms.Ends)!, "libbeside.so")), "needs Linux");
        using var folder = new CoverageFolder();

        using ChildProcess run = edgewise.Start(folder, TestPrograms.Ends, [], ["native"]);

        Assert.Equal(0, run.WaitForEnd());
        Assert.Equal("True\n", run.Output);
    }

    [Fact]
    public void A_dotnet_child_of_the_program_runs_uninstrumented()
    {
        using var folder = new CoverageFolder();

        using ChildProcess run = edgewise.Start(folder, TestPrograms.Ends, [], ["child"]);

        Assert.Equal(0, run.WaitForEnd());
        Assert.Equal("DOTNET_STARTUP_HOOKS=\nEDGEWISE_MAP_FILE=\nEDGEWISE_BASE_DIRECTORY=\ninstrumented False, runtime False\n", run.Output);
        Assert.Equal("Ends.dll", Assert.Single(folder.Record().Modules).Name);
    }

    [Fact]
    public void The_program_itself_runs_instrumented_with_the_runtime()
    {
        using var folder = new CoverageFolder();

        using ChildProcess run = edgewise.Start(folder, TestPrograms.Ends, [], ["variables"]);

        Assert.Equal(0, run.WaitForEnd());
        Assert.Contains("instrumented True, runtime True", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_the_program_makes_in_the_run_folder_is_kept_and_named()
    {
        using var folder = new CoverageFolder();

        using ChildProcess run = edgewise.Start(folder, TestPrograms.Ends, [], ["make-file", "made.txt"]);

        Assert.Equal(0, run.WaitForEnd());
        string kept = Assert.Single(run.Error.Split('\n'), line => line.Contains("made.txt", StringComparison.Ordinal))["edgewise: ".Length..].Split(": ")[0];
        Assert.Equal("made", File.ReadAllText(kept));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(TestPrograms.Ends)!, "made.txt")));
        Assert.Equal([kept], Directory.GetFiles(Path.GetDirectoryName(kept)!, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Nothing_is_left_in_the_run_folders_and_the_second_run_takes_the_image_from_the_cache()
    {
        using var folder = new CoverageFolder();
        using var own = new EdgewiseRun();
        using ChildProcess first = own.Start(folder, TestPrograms.Ends, [], ["return", "0"]);
        Assert.Equal(0, first.WaitForEnd());
        string entry = Assert.Single(Directory.GetDirectories(Path.Combine(own.Cache, "images")));
        DateTime made = File.GetLastWriteTimeUtc(Path.Combine(entry, "image"));

        using ChildProcess second = own.Start(folder, TestPrograms.Ends, [], ["return", "0"]);

        Assert.Equal(0, second.WaitForEnd());
        Assert.Equal([entry], Directory.GetDirectories(Path.Combine(own.Cache, "images")));
        Assert.Equal(made, File.GetLastWriteTimeUtc(Path.Combine(entry, "image")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(own.Cache, "runs")));
    }

    [Fact]
    public void Two_runs_at_the_same_time_share_a_cache_with_a_damaged_entry()
    {
        using var own = new EdgewiseRun();
        using var folder = new CoverageFolder();
        using (ChildProcess first = own.Start(folder, TestPrograms.Ends, [], ["return", "0"]))
        {
            Assert.Equal(0, first.WaitForEnd());
        }

        string image = Path.Combine(Assert.Single(Directory.GetDirectories(Path.Combine(own.Cache, "images"))), "image");
        byte[] damaged = File.ReadAllBytes(image);
        damaged[^1] ^= 0xFF;
        File.WriteAllBytes(image, damaged);
        using CoverageFolder left = new(), right = new();

        using ChildProcess one = own.Start(left, TestPrograms.Ends, [], ["return", "6"]);
        using ChildProcess two = own.Start(right, TestPrograms.Ends, [], ["return", "7"]);

        Assert.Equal((6, 7), (one.WaitForEnd(), two.WaitForEnd()));
        Assert.Equal(left.CoveredFunctions(TestPrograms.Ends), right.CoveredFunctions(TestPrograms.Ends));
        Assert.NotEqual(damaged, File.ReadAllBytes(image));
    }

    [Fact]
    public void The_json_tells_what_the_table_tells()
    {
        using var folder = new CoverageFolder();
        string file = Path.Combine(folder.Path, "result.json");

        using ChildProcess run = edgewise.Start(folder, TestPrograms.Ends, ["--json", file], ["return", "3"]);

        Assert.Equal(3, run.WaitForEnd());
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement module = json.RootElement.GetProperty("modules")[0];
        Assert.Equal(3, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal("Ends.dll", module.GetProperty("name").GetString());
        Assert.Equal(2, module.GetProperty("coveredFunctions").GetInt32());
        Assert.Contains(
            $"{module.GetProperty("coveredEdges").GetInt32()} of {module.GetProperty("edges").GetInt32()}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_with_spaces_and_other_alphabets_work()
    {
        using var folder = new CoverageFolder();
        string copy = Path.Combine(folder.Path, "Ein Ordner – папка");
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(TestPrograms.Ends)!))
        {
            Directory.CreateDirectory(copy);
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        using ChildProcess run = edgewise.Start(folder, Path.Combine(copy, "Ends.dll"), [], ["return", "8"]);

        Assert.Equal(8, run.WaitForEnd());
        Assert.Equal(EndTests.Functions("Return"), folder.CoveredFunctions(TestPrograms.Ends));
    }
}
