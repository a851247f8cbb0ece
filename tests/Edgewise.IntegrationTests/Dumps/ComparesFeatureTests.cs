using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Dumps;

/// <summary><c>trace-cmp</c> from the command line to the printed compares.</summary>
public sealed class ComparesFeatureTests
{
    [Fact]
    public void What_a_program_compared_last_is_printed_by_source_line()
    {
        using var folder = new CoverageFolder();
        using var edgewise = new EdgewiseRun();
        using ChildProcess process = edgewise.Start(folder, TestPrograms.SelfObserver, ["--features", "inline-8bit-counters,trace-cmp"], ["threads"]);
        Assert.True(process.WaitForEnd() == 0, process.Error);

        using ChildProcess command = ChildProcess.Start([TestPrograms.Edgewise, "sancov", "compares", Assert.Single(Directory.GetFiles(folder.Path, "compares.*.txt"))]);

        Assert.True(command.WaitForEnd() == 0, command.Error);
        string[] lines = [.. command.Output.Split('\n').Select(line => line[(line.LastIndexOf('/') + 1)..])];
        Assert.Contains($"Code.cs:{LineOf("number > 0")} const-cmp4 0x0 0xffffffff", lines);
        Assert.Contains($"Code.cs:{LineOf("i < number")} cmp4 0x2 0x2", lines);
        Assert.Equal("", command.Error);
    }

    private static int LineOf(string code)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "Programs", "SelfObserver", "Code.cs");
        return Array.FindIndex(File.ReadAllLines(source), line => line.Contains(code, StringComparison.Ordinal)) + 1;
    }
}
