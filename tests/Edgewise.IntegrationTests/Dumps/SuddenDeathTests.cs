using Edgewise.IntegrationTests.Run;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Dumps;

/// <summary>
/// A program that is killed at any instant leaves every edge that it had taken: it logs the edges into a mapping of its own (see <c>PointLog</c>), and what
/// stands in there must stand in the coverage.
/// </summary>
public sealed class SuddenDeathTests(ITestOutputHelper output)
{
    private const int Kill = 9;
    private const int LoopPhase = 1;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Two_hundred_killed_programs_lose_no_edge()
    {
        const int Deaths = 200;
        using HookedCopy program = Instrument();
        int inLoop = 0, logged = 0;
        var delays = new Random(9);
        for (int i = 0; i < Deaths; i++)
        {
            (bool wasInLoop, int edges) = await KillOnce(program, delays, usesReady: i % 5 != 0);
            inLoop += wasInLoop ? 1 : 0;
            logged += edges;
        }

        output.WriteLine($"{Deaths} killed, {inLoop} of them in the loop, {logged} logged edges, all found");
        Assert.True(inLoop >= 50, $"only {inLoop} were killed in the loop");
        Assert.True(logged > Deaths * 10, $"only {logged} edges were logged");
    }

    [Fact]
    public async Task The_command_reads_a_killed_programs_edges_back()
    {
        using HookedCopy program = Instrument();
        using var folder = new CoverageFolder();
        string log = Path.Combine(folder.Path, "log");
        int processId = await KillWhenReady(program, folder, log, TimeSpan.FromMilliseconds(100));
        string map = Path.Combine(folder.Path, FileNames.Map(processId)), recovered = Path.Combine(folder.Path, "recovered");

        using ChildProcess command = ChildProcess.Start([TestPrograms.Edgewise, "sancov", "rawunpack", "--formats", "bitset,raw", "-o", recovered, map]);
        Assert.True(command.WaitForEnd() == 0, command.Error);

        string sancov = Path.Combine(recovered, $"Deaths.dll.{processId}.sancov");
        Assert.Equal(
            [sancov, Path.Combine(recovered, $"Deaths.dll.{processId}.bitset-sancov"), Path.Combine(recovered, $"{processId}.sancov.map"), Path.Combine(recovered, $"{processId}.sancov.raw")],
            command.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(Check(map, log) > 10);
        Assert.Equal(SancovFile.Read(sancov).Length, File.ReadAllText(Path.Combine(recovered, $"Deaths.dll.{processId}.bitset-sancov")).Count(digit => digit == '1'));
        // The pair of 2016 gives back the same file, as any reader of it would make it.
        string again = Path.Combine(folder.Path, "again");
        using ChildProcess raw = ChildProcess.Start([TestPrograms.Edgewise, "sancov", "rawunpack", "-o", again, Path.Combine(recovered, $"{processId}.sancov.raw")]);
        Assert.True(raw.WaitForEnd() == 0, raw.Error);
        Assert.Equal(File.ReadAllBytes(sancov), File.ReadAllBytes(Path.Combine(again, Path.GetFileName(sancov))));
    }

    private static HookedCopy Instrument() => new(
        TestPrograms.Deaths, "--features", "trace-pc,inline-8bit-counters,never-zero,pc-table", "--callbacks", "EdgeLog!EdgeLog.PointLog");

    private static async Task<(bool WasInLoop, int LoggedCount)> KillOnce(HookedCopy program, Random delays, bool usesReady)
    {
        using var folder = new CoverageFolder();
        string log = Path.Combine(folder.Path, "log");
        if (usesReady)
        {
            await KillWhenReady(program, folder, log, TimeSpan.FromMilliseconds(delays.Next(60)));
        }
        else
        {
            // At any instant from the start of the process on, before there is a map perhaps.
            using ChildProcess process = Start(program, folder, log);
            await Task.Delay(delays.Next(40, 250));
            process.SignalGroup(Kill);
            process.WaitForEnd();
        }

        if (!File.Exists(log))
        {
            return (false, 0);
        }

        byte phase = File.ReadAllBytes(log)[0];
        return (phase == LoopPhase, Check(Directory.GetFiles(folder.Path, "*" + FileNames.MapEnding).SingleOrDefault(), log));
    }

    private static async Task<int> KillWhenReady(HookedCopy program, CoverageFolder folder, string log, TimeSpan delay)
    {
        using ChildProcess process = Start(program, folder, log);
        int processId = ChildProcess.Number((await process.WaitUntilReady())[0]);
        await Task.Delay(delay);
        ChildProcess.Signal(processId, Kill);
        process.WaitForEnd();
        return processId;
    }

    private static ChildProcess Start(HookedCopy program, CoverageFolder folder, string log) =>
        program.Start($"coverage=1:coverage_direct=1:coverage_dir={folder.Path}", [], ("EDGE_LOG", log));

    /// <summary>Recovers the files of a killed process and looks each logged point up in them.</summary>
    /// <returns>How many points were logged.</returns>
    private static int Check(string? mapPath, string log)
    {
        int[] points = [.. File.ReadAllBytes(log).Index().Skip(1).Where(entry => entry.Item != 0).Select(entry => entry.Index - 1)];
        if (points.Length == 0)
        {
            return 0;
        }

        Assert.NotNull(mapPath);
        string recovered = Path.Combine(Path.GetDirectoryName(mapPath)!, "checked");
        RunRecord run = DumpWriter.Recover(mapPath, recovered);
        using MapFile map = MapFile.Open(mapPath);
        foreach (IGrouping<MapModule, int> ofModule in points.GroupBy(point => map.Modules.Single(module => point >= module.Offset && point < module.Offset + module.PointCount)))
        {
            RunModule module = run.Modules.Single(written => written.Name == ofModule.Key.Name);
            PointSet set = PointSetCodec.Read(File.ReadAllBytes(Path.Combine(recovered, module.PointsFile)), module.PointsFile);
            HashSet<ulong> pcs = [.. SancovFile.Read(Path.Combine(recovered, module.SancovFile!))];
            Assert.All(ofModule, point => Assert.Contains((ulong)set.Pcs[point - (int)ofModule.Key.Offset], pcs));
        }

        return points.Length;
    }
}
