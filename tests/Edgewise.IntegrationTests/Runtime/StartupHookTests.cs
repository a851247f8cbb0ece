using Edgewise.Runtime;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Runtime;

public sealed class StartupHookTests : IDisposable
{
    private const int Hangup = 1, Interrupt = 2, Kill = 9, Terminate = 15;

    private readonly HookedProgram _program = new();

    public StartupHookTests()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs POSIX signals and a shell");
        }
    }

    public void Dispose() => _program.Dispose();

    private string Coverage => Path.Combine(_program.Folder, "out");

    [Fact]
    public void Neither_managed_nor_native_children_see_the_hook()
    {
        ProgramEnd end = _program.RunHooked(
            "environment", 0, ("EDGEWISE_MAP_FILE", "/nowhere/a.map"), ("EDGEWISE_BASE_DIRECTORY", "/elsewhere/"), ("EDGEWISE_OPTIONS", "verbosity=0"));

        Assert.Equal(
            ["/elsewhere/", "DOTNET_STARTUP_HOOKS=", "EDGEWISE_MAP_FILE=", "EDGEWISE_BASE_DIRECTORY=", "EDGEWISE_OPTIONS=verbosity=0"],
            end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(
            "edgewise: Could not find a part of the path '/nowhere/a.map'.; the counters are in private memory and end with the process\n", end.Error);
    }

    [Fact]
    public void The_program_sees_its_own_coverage_live_and_without_a_host_sees_none()
    {
        Assert.Equal("True\n5\n2\n0\n", _program.RunHooked("coverage").Output);
        Assert.Equal("False\n0\n0\n0\n", _program.RunPlain("coverage").Output);
    }

    [Fact]
    public void A_bad_option_gives_one_line_and_leaves_output_and_exit_code()
    {
        ProgramEnd plain = _program.RunPlain("return");

        ProgramEnd end = _program.RunHooked("return", 0, ("EDGEWISE_OPTIONS", "coverag=1"));

        Assert.Equal((plain.ExitCode, plain.Output), (end.ExitCode, end.Output));
        Assert.Equal("edgewise: EDGEWISE_OPTIONS: unknown option 'coverag'\n", end.Error);
        Assert.False(Directory.Exists(Path.Combine(_program.Folder, "coverage")));
    }

    [Theory]
    [InlineData("return", 0, RunEndKind.Exit, 3)]
    [InlineData("exit", 0, RunEndKind.Exit, 5)]
    [InlineData("throw", 0, RunEndKind.UnhandledException, 0)]
    [InlineData("wait", Terminate, RunEndKind.Signal, Terminate)]
    [InlineData("wait", Interrupt, RunEndKind.Signal, Interrupt)]
    [InlineData("wait", Hangup, RunEndKind.Signal, Hangup)]
    public void An_end_that_can_be_seen_from_within_leaves_files_and_its_exit_code(string end, int signal, RunEndKind kind, int number)
    {
        ProgramEnd plain = _program.RunPlain(end, signal);

        ProgramEnd hooked = _program.RunHooked(end, signal, ("EDGEWISE_OPTIONS", $"coverage=1:coverage_dir={Coverage}"));

        Assert.Equal((plain.ExitCode, plain.Output, plain.Error), (hooked.ExitCode, hooked.Output, hooked.Error));
        Assert.Equal(
            [$"Ending.dll.{hooked.ProcessId}.sancov", "Ending.dll.abababababababab.points", $"run.{hooked.ProcessId}.json"],
            Directory.GetFiles(Coverage).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        RunRecord run = RunFile.Read(Path.Combine(Coverage, FileNames.Run(hooked.ProcessId)));
        Assert.Equal((kind, number), (run.End.Kind, run.End.Number));
        Assert.Equal(["Ending.dll", "2 of 5", end], [Path.GetFileName(run.Program), $"{run.Modules[0].CoveredCount} of {run.Modules[0].PointCount}", .. run.Arguments]);
        Assert.Equal([0x2050UL, 0x2064UL], SancovFile.Read(Path.Combine(Coverage, FileNames.Sancov("Ending.dll", hooked.ProcessId))));
    }

    [Theory]
    [InlineData("failfast", 0)]
    [InlineData("wait", Kill)]
    public void An_end_that_nobody_sees_leaves_a_direct_map_that_is_read_back(string end, int signal)
    {
        ProgramEnd plain = _program.RunPlain(end, signal);

        ProgramEnd hooked = _program.RunHooked(end, signal, ("EDGEWISE_OPTIONS", $"coverage=1:coverage_direct=1:coverage_dir={Coverage}"));

        Assert.Equal(plain.ExitCode, hooked.ExitCode);
        Assert.Equal(
            [$"{hooked.ProcessId}.edgewise-map", "Ending.dll.abababababababab.points"],
            Directory.GetFiles(Coverage).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        DumpWriter.Recover(Path.Combine(Coverage, FileNames.Map(hooked.ProcessId)));
        Assert.Equal([0x2050UL, 0x2064UL], SancovFile.Read(Path.Combine(Coverage, FileNames.Sancov("Ending.dll", hooked.ProcessId))));
    }

    [Fact]
    public void An_orderly_end_leaves_the_pair_of_2016_and_no_direct_map()
    {
        ProgramEnd hooked = _program.RunHooked("return", 0, ("EDGEWISE_OPTIONS", $"coverage=1:coverage_direct=1:verbosity=1:coverage_dir={Coverage}"));

        string sancov = $"Ending.dll.{hooked.ProcessId}.sancov", map = FileNames.RawMap(hooked.ProcessId), raw = FileNames.Raw(hooked.ProcessId);
        Assert.Equal(
            [map, raw, sancov, "Ending.dll.abababababababab.points", $"run.{hooked.ProcessId}.json"],
            Directory.GetFiles(Coverage).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            $"edgewise: {Path.Combine(Coverage, sancov)}: 2 PCs written\nedgewise: {Path.Combine(Coverage, map)}: written\nedgewise: {Path.Combine(Coverage, raw)}: written\n",
            hooked.Error);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_costs_one_line_and_nothing_else()
    {
        File.WriteAllText(Coverage, "a file where the folder should be");
        ProgramEnd plain = _program.RunPlain("return");

        ProgramEnd hooked = _program.RunHooked("return", 0, ("EDGEWISE_OPTIONS", $"coverage=1:coverage_dir={Coverage}"));

        Assert.Equal((plain.ExitCode, plain.Output), (hooked.ExitCode, hooked.Output));
        Assert.StartsWith($"edgewise: {Coverage}: coverage was not written: ", hooked.Error, StringComparison.Ordinal);
        Assert.Single(hooked.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_parents_map_holds_what_ran_after_any_end()
    {
        string path = Path.Combine(_program.Folder, "parent.map");
        byte[] hash = [.. Enumerable.Repeat((byte)0xAB, 32)];
        using MapFile map = MapFile.Create(path, [new MapModule("Ending.dll", "", hash, 5)]);

        ProgramEnd hooked = _program.RunHooked("wait", Kill, ("EDGEWISE_MAP_FILE", path), ("EDGEWISE_OPTIONS", $"coverage=1:coverage_dir={Coverage}"));

        map.Refresh();
        Assert.Equal(hooked.ProcessId, map.ProcessId);
        Assert.Equal([1, 0, 1, 0, 0], map.ReadCounters(map.Modules[0]));
        Assert.False(Directory.Exists(Coverage));
    }
}
