using System.Text.Json;
using Edgewise.Cli;
using Edgewise.Cli.Commands.Kcov;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Machine;
using Edgewise.Kernel.Modes;
using Edgewise.Runtime.Formats;
using Edgewise.Showmap.Files;
using Edgewise.Tests.Kernel.Conformance;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Kernel;

/// <summary><c>edgewise kcov run</c> against recorded answers of a kernel; the command as a whole has run in the guest (<c>tests/kernel/command.sh</c>).</summary>
public sealed class KcovRunTests : IDisposable
{
    // Where the recorded calls opened their device; the other files of the kernel are in a folder.
    private readonly TemporaryFolder _root = new();

    public KcovRunTests()
    {
        Put("sys/kernel/notes", File.ReadAllBytes(RecordedKernel.PathOf("notes")));
        Put("proc/sys/kernel/osrelease", "6.1.192\n"u8.ToArray());
        Put("proc/kallsyms", "ffffffff81000000 T _text\n"u8.ToArray());
    }

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("--words 1", "--words 1: too small: one word is the count")]
    [InlineData("--words 0", "--words 0: too small")]
    [InlineData("--words 268435456", "--words 268435456: too large: kcov takes at most INT_MAX/8 = 268435455 words (2 GiB)")]
    [InlineData("--words x", "--words: 'x' is no whole number")]
    [InlineData("--mode 3", "--mode: '3' is no mode")]
    [InlineData("--remote 0x10000000000", "--remote: '0x10000000000' is no handle")]
    [InlineData("--remote 0", "--remote: '0' is no handle")]
    [InlineData("-o none/file", "--output none/file: there is no folder")]
    public void What_cannot_be_is_refused_before_anything_else(string arguments, string expected)
    {
        using StringWriter output = new(), error = new();

        int code = EdgewiseCommand.Invoke(["kcov", "run", .. arguments.Split(' '), "--", "/bin/true"], output, error);

        Assert.Equal(1, code);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_explained()
    {
        Put("proc/filesystems", "nodev\tdebugfs\n"u8.ToArray());
        Put("proc/self/mounts", []);
        (int code, _, string error) = Run(new KcovRunRequest(["/bin/true"]) { Files = new KernelFiles(_root.Path), IsRoot = true });

        Assert.Equal(1, code);
        Assert.Contains("debugfs is not mounted; as root: mount -t debugfs none", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sancov_has_each_PC_that_ran_as_the_address_within_its_call()
    {
        string file = _root.File("ran.sancov");
        (int code, string output, string error) = Replay(KernelModes.UniquePc, file, KcovFormat.Sancov, out KernelRecord record);

        Assert.Equal(0, code);
        Assert.Equal(record.ReachedPcs.Select(pc => pc - 1), SancovFile.Read(file));
        Assert.Contains("take it by a name like vmlinux.", error, StringComparison.Ordinal);
        Assert.Empty(Replay(KernelModes.UniquePc, _root.File("vmlinux.1.sancov"), KcovFormat.Sancov, out _).Error);
        Assert.Contains("uniq-pc (2), made unique in user space: this kernel has no unique modes", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Showmap_names_PCs_by_build_id_and_place_and_counts_them()
    {
        string file = _root.File("ran.txt");
        (int code, _, _) = Replay(KernelModes.TracePc, file, KcovFormat.Showmap, out KernelRecord record);
        string id = RunningKernel.Read(new KernelFiles(_root.Path)).BuildId!;

        ShowmapLine[] lines = [.. File.ReadLines(file).Select(text => ShowmapLine.TryParse(text, out ShowmapLine line) ? line : throw new InvalidDataException(text))];

        Assert.Equal(0, code);
        Assert.StartsWith($"kcov_{id}_", File.ReadLines(file).First(), StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal((PointDomain.Kcov, id), (line.Domain, line.Hash)));
        Assert.Equal(record.ReachedPcs.Select(pc => pc - 0xFFFF_FFFF_8100_0000), lines.Select(line => line.Number));
        Assert.Equal((ulong)record.Events, lines.Aggregate(0ul, (sum, line) => sum + line.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Json_has_all_that_a_mode_records(int mode)
    {
        string file = _root.File("ran.json");
        (int code, _, _) = Replay((KernelModes)mode, file, KcovFormat.Json, out KernelRecord record);
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement root = json.RootElement;

        Assert.Equal(0, code);
        Assert.Equal(
            (mode, record.Pcs.Length, record.Edges.Length, record.Compares.Length, record.Signal.Length, record.ReachedPcs.Length, false),
            (root.GetProperty("modeNumber").GetInt32(), Length("pcs"), Length("edges"), Length("compares"), Length("signal"), Length("reached"), root.GetProperty("overflow").GetBoolean()));
        Assert.Equal(mode is 0 or 1 ? "nobody" : "user space", root.GetProperty("uniqueBy").GetString());

        int Length(string name) => root.GetProperty(name).GetArrayLength();
    }

    [Fact]
    public void An_area_that_was_full_is_told_with_what_to_do()
    {
        const string check = "the library's area grows until some work fits";
        (_, string output, _) = RecordedKernel.Replay(check, lab => Run(Request(lab, KernelModes.TracePc) with { Words = "512", Grows = true }));

        Assert.Contains("grown in 2 runs", output, StringComparison.Ordinal);
        Assert.DoesNotContain("overflow", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_as_it_was()
    {
        KernelRecord record = new()
        {
            Modes = KernelModes.UniquePc | KernelModes.UniqueEdge,
            UniqueMaker = UniqueMaker.UserSpace,
            Words = 512,
            Runs = 1,
            Events = 511,
            Capacity = 511,
            IsFull = true,
            Pcs = [1, 2],
            Edges = [new(0, 1), new(1, 2), new(2, 1)],
            ReachedPcs = [1, 2],
        };
        var result = new KcovResult(["ls"], RunningKernel.Read(new KernelFiles(_root.Path)), null, new KcovNames("0123", null), record, 0);

        string text = Edgewise.Cli.Rendering.KcovText.Of(result, new KcovPlaces([], 0, new Dictionary<ulong, Edgewise.Symbols.Symbolizer.Frame[]>()));

        Assert.Equal(
            """
            kernel    Linux 6.1.192, build id 0123
            mode      uniq-pc,uniq-edge (6), made unique in user space: this kernel has no unique modes
            recorded  511 PCs in an area for 511
            overflow  the area is full, and what came behind was dropped; the kernel does not tell how much: --words 1024, or --grow
            edges     3
            reached   2 PCs

            """,
            text);
    }

    [Fact]
    public void Words_come_in_whole_pages()
    {
        Assert.Equal(1024, KcovSwitches.Words("513").Value);
        Assert.Contains("1024 are taken", Assert.Single(KcovSwitches.Words("513").Notes), StringComparison.Ordinal);
        Assert.Empty(KcovSwitches.Words("512").Notes);
        Assert.Equal(CollectionOptions.MostWholeWords, KcovSwitches.Words("268435455").Value);
    }

    private (int Code, string Output, string Error) Replay(KernelModes modes, string file, KcovFormat format, out KernelRecord record)
    {
        string check = ConformanceChecks.LibraryCheck(modes);
        record = RecordedKernel.Replay(check, lab => KernelCollector.Collect(new ThreadWork(() => lab.Perform(KernelWork.Some)), ConformanceChecks.LibraryOptions(lab, modes)));
        return RecordedKernel.Replay(check, lab => Run(Request(lab, modes) with { OutputFile = file, Format = format }));
    }

    private KcovRunRequest Request(KernelLab lab, KernelModes modes) => new(["/bin/true"])
    {
        Mode = ((int)modes).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Words = "4096",
        Files = new KernelFiles(_root.Path),
        Calls = new DeviceElsewhere(lab.Calls, new KernelFiles(_root.Path).Device),
        Work = new ThreadWork(() => lab.Perform(KernelWork.Some)),
    };

    private static (int Code, string Output, string Error) Run(KcovRunRequest request)
    {
        using StringWriter output = new(), error = new();
        int code = request.Execute(new CommandReport(output, error));
        return (code, output.ToString(), error.ToString());
    }

    private void Put(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.File(path))!);
        File.WriteAllBytes(_root.File(path), content);
    }
}
