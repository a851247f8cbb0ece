using System.Text.Json;
using Edgewise.IntegrationTests.Fuzzing;
using Edgewise.IntegrationTests.Native;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Showmap;

public sealed class ShowmapTests : IDisposable
{
    private const string Group = "replay__Fuzzed__replayed";
    private const string Uuid = "c6fd77b4-f788-4d87-89fc-43fbdff6d4a";

    private readonly FuzzFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_entry_has_one_fate_and_the_exit_code_is_the_largest_of_all()
    {
        foreach (string letter in "RXSFEHT".Select(letter => letter.ToString()))
        {
            _folder.Write($"corpus/{letter}", letter);
        }

        _folder.Write("corpus/fine", "fine");
        _folder.Write("corpus/packed.gz", "not packed");

        FuzzRun run = Showmap("ends", "corpus", "--timeout", "5", "--trial", "1", "--json", "-");

        Assert.Equal(77, run.ExitCode);
        JsonElement entries = run.Json.GetProperty("entries");
        Assert.Equal((9, 2, 0, 1, 1, 5), (Int(entries, "total"), Int(entries, "accepted"), Int(entries, "skipped"), Int(entries, "unreadable"), Int(entries, "timedOut"), Int(entries, "crashed")));
        Assert.Equal(1, Int(entries, "answered"));
        Dictionary<string, string> reasons = run.Json.GetProperty("others").EnumerateArray().ToDictionary(other => other.GetProperty("name").GetString()!, other => other.GetProperty("reason").GetString()!);
        Assert.Equal("System.InvalidOperationException: an X in 1 bytes", reasons["X"]);
        Assert.StartsWith("Stack overflow", reasons["S"], StringComparison.Ordinal);
        Assert.Equal("the process ended with exit code 3", reasons["E"]);
        Assert.Equal("more than 5 seconds", reasons["H"]);
        Assert.Equal("not packed by gzip, or damaged", reasons["packed.gz"]);
        Assert.Equal(1, run.Json.GetProperty("domains").GetProperty("cil").GetProperty("files").GetInt32());
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Temporary));
    }

    [Fact]
    public void Too_much_memory_is_a_crash_and_too_much_time_alone_is_70()
    {
        _folder.Write("much/M", "M");
        _folder.Write("long/H", "H");

        FuzzRun much = Showmap("ends", "much", "--memory", "300", "--timeout", "60", "--json", "-"), late = Showmap("ends", "long", "--timeout", "2");

        Assert.Equal((77, 70), (much.ExitCode, late.ExitCode));
        Assert.Equal("more than 300 MiB of memory", much.Json.GetProperty("others")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public void The_file_of_all_entries_is_the_sum_of_the_files_of_each()
    {
        WriteLetters(20);

        Assert.Equal(0, Showmap("replayed", "corpus", "--trial", "all").ExitCode);
        Assert.Equal(0, Showmap("replayed", "corpus", "--trial", "each", "--per-input").ExitCode);

        Dictionary<string, ulong> all = Read(Path.Combine(_folder.At("out"), Group, "all.txt")), sum = [];
        string[] files = Directory.GetFiles(_folder.At("out", Group), "each__*.txt");
        foreach ((string name, ulong count) in files.SelectMany(Read))
        {
            sum[name] = sum.GetValueOrDefault(name) + count;
        }

        Assert.Equal(20, files.Length);
        Assert.Equal(all.OrderBy(line => line.Key, StringComparer.Ordinal), sum.OrderBy(line => line.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Workers_and_the_order_of_the_folder_change_no_byte()
    {
        // More than two chunks, so that two workers have something to do.
        WriteLetters(700);
        foreach (string name in Directory.GetFiles(_folder.At("corpus")).Reverse())
        {
            // Made in another order.
            Directory.CreateDirectory(_folder.At("shuffled"));
            File.Copy(name, Path.Combine(_folder.At("shuffled"), Path.GetFileName(name)));
        }

        FuzzRun one = Showmap("replayed", "corpus", "--trial", "1", "--no-cache", "--workers", "1"), two = Showmap("replayed", "shuffled", "--trial", "2", "--no-cache", "--workers", "3");
        FuzzRun cached = Showmap("replayed", "corpus", "--trial", "3");

        Assert.All([one, two, cached], run => Assert.Equal(0, run.ExitCode));
        byte[] first = File.ReadAllBytes(_folder.At("out", Group, "1.txt"));
        Assert.NotEmpty(first);
        Assert.Equal(first, File.ReadAllBytes(_folder.At("out", Group, "2.txt")));
        Assert.Equal(first, File.ReadAllBytes(_folder.At("out", Group, "3.txt")));
        Assert.Contains("points are unstable", one.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_that_was_killed_goes_on_and_gives_the_same_bytes()
    {
        WriteLetters(3000);
        Assert.Equal(0, Showmap("replayed", "corpus", "--trial", "whole", "--no-cache").ExitCode);
        using (ChildProcess killed = Start("corpus", "--trial", "resumed"))
        {
            Thread.Sleep(new Random(4).Next(200, 900));
            _ = killed.TrySignal(9);
            killed.WaitForEnd();
        }

        // Where it was too fast to be killed it has written its file.
        File.Delete(_folder.At("out", Group, "resumed.txt"));
        FuzzRun run = Showmap("replayed", "corpus", "--trial", "resumed", "--resume");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(File.ReadAllBytes(_folder.At("out", Group, "whole.txt")), File.ReadAllBytes(_folder.At("out", Group, "resumed.txt")));
    }

    [Fact]
    public void Calls_of_a_sequence_are_added_up_and_rejected_ones_count_for_nothing()
    {
        _folder.Write($"corpus/worker0/corpus/{Uuid}0-1.json", """[{"calldata":"0x61"}]""");
        _folder.Write($"corpus/worker0/corpus/{Uuid}1-1.json", """[{"calldata":"0x61"},{"calldata":"0x2d"},{"calldata":"0x61"},{"calldata":"0x61"}]""");
        _folder.Write($"corpus/worker1/corpus/{Uuid}2-1.json", """[{"calldata":"0x2d"}]""");
        _folder.Write($"corpus/worker1/corpus/{Uuid}3-1.json", "[]");
        _folder.Write($"corpus/worker1/corpus/{Uuid}0-1.json", """[{"calldata":"0x61"}]""");

        FuzzRun run = Showmap("replayed", "corpus", "--per-input", "--trial", "t", "--json", "-", "--isolate", "context");

        Assert.Equal(0, run.ExitCode);
        JsonElement entries = run.Json.GetProperty("entries");
        Assert.Equal((4, 2, 2, 2), (Int(entries, "total"), Int(entries, "accepted"), Int(entries, "skipped"), Int(entries, "rejectedCalls")));
        Assert.Contains("worker1/corpus/" + Uuid + "3-1.json: skipped: empty\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("worker1/corpus/" + Uuid + "2-1.json: skipped: rejected\n", run.Error, StringComparison.Ordinal);
        string[] files = [.. Directory.GetFiles(_folder.At("out", Group)).Order(StringComparer.Ordinal)];
        Dictionary<string, ulong> once = Read(files[0]), thrice = Read(files[1]);
        Assert.Equal(2, files.Length);
        Assert.NotEmpty(once);
        Assert.Equal(once.ToDictionary(line => line.Key, line => line.Value * 3), thrice);
    }

    [Theory]
    [InlineData("context")]
    [InlineData("process")]
    public void An_entry_that_has_things_for_itself_starts_them_up_each_time(string isolation)
    {
        _folder.Write("corpus/1", "z");
        _folder.Write("corpus/2", "z");
        _folder.Write("corpus/3", "za");

        FuzzRun shared = Showmap("replayed", "corpus", "--trial", "shared", "--per-input"), own = Showmap("replayed", "corpus", "--trial", "own", "--per-input", "--isolate", isolation);

        Assert.Equal((0, 0), (shared.ExitCode, own.ExitCode));
        Assert.Contains("points are unstable", shared.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("points are unstable", own.Error, StringComparison.Ordinal);
        Dictionary<string, ulong>[] shares = [.. Enumerable.Range(1, 2).Select(i => Read(_folder.At("out", Group, $"shared__{i}.txt")))], owns = [.. Enumerable.Range(1, 2).Select(i => Read(_folder.At("out", Group, $"own__{i}.txt")))];
        Assert.Equal(owns[0], owns[1]);
        Assert.Equal(owns[0], shares[0]);
        Assert.True(shares[1].Count < shares[0].Count);
    }

    [Fact]
    public void A_file_that_is_there_names_that_lead_away_and_corpora_without_entries_are_told()
    {
        _folder.Write("corpus/a", "a");
        Directory.CreateDirectory(_folder.At("empty"));
        Assert.Equal(0, Showmap("replayed", "corpus", "--trial", "1").ExitCode);
        byte[] before = File.ReadAllBytes(_folder.At("out", Group, "1.txt"));

        FuzzRun again = Showmap("replayed", "corpus", "--trial", "1"), away = Showmap("replayed", "corpus", "--trial", "../../victim"), approach = Showmap("replayed", "corpus", "--approach", "../outside");
        FuzzRun missing = Showmap("replayed", "none"), empty = Showmap("replayed", "empty"), allowed = Showmap("replayed", "empty", "--allow-empty"), domain = Showmap("replayed", "corpus", "--domain", "evm", "--trial", "2");

        Assert.All([again, away, approach, missing, empty, domain], run => Assert.Equal(1, run.ExitCode));
        Assert.Equal(0, allowed.ExitCode);
        Assert.Contains("1.txt: is there; choose another --trial, or --force to replace it", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.At("out", Group, "1.txt")));
        Assert.Contains("--trial \"../../victim\": expected one component of a path", away.Error, StringComparison.Ordinal);
        Assert.Contains("none: corpus not found", missing.Error, StringComparison.Ordinal);
        Assert.Contains("empty: the corpus is empty; --allow-empty", empty.Error, StringComparison.Ordinal);
        Assert.Contains("warning: evm was asked for and not observed", domain.Error, StringComparison.Ordinal);
        Assert.Equal([_folder.At("out", Group, "1.txt")], Directory.GetFiles(_folder.At("out"), "*", SearchOption.AllDirectories));
        Assert.Equal(0, Showmap("replayed", "corpus", "--trial", "1", "--force").ExitCode);
    }

    [Fact]
    public void Points_are_named_compared_by_line_and_exported()
    {
        _folder.Write("corpus/1", "a");
        _folder.Write("other/1", "z");
        Assert.Equal(0, Showmap("replayed", "corpus", "--trial", "1").ExitCode);
        Assert.Equal(0, Showmap("replayed", "other", "--trial", "2").ExitCode);
        string one = Path.Combine("out", Group, "1.txt"), two = Path.Combine("out", Group, "2.txt");

        FuzzRun named = FuzzRun.Of(_folder, (string[])["showmap", "symbolize", one]), compared = FuzzRun.Of(_folder, (string[])["showmap", "diff", one, two]);
        FuzzRun exported = FuzzRun.Of(_folder, (string[])["showmap", "export", one, "--format", "lcov"]);

        Assert.Equal((0, 0, 0), (named.ExitCode, compared.ExitCode, exported.ExitCode));
        Assert.Matches(@"cil_[0-9a-f]{16}_[0-9a-f]{8}\s+1\s+Fuzzed\.ReplayTargets\.One\s+\S+ReplayTargets\.cs:\d+\n", named.Output);
        Assert.Matches(@"-1\s+\S+ReplayTargets\.cs:\d+\s+Fuzzed\.ReplayTargets\.One\n", compared.Output);
        Assert.Matches(@"\+\d+\s+\S+ReplayTargets\.cs:\d+\s+Fuzzed\.ReplayTargets\+Table\.Make\n", compared.Output);
        Assert.Matches(@"FNDA:1,Fuzzed\.ReplayTargets\.One\n", exported.Output);
    }

    [Fact]
    public void A_trial_of_another_build_is_refused()
    {
        _folder.Write("corpus/1", "a");
        Assert.Equal(0, Showmap("replayed", "corpus", "--trial", "1").ExitCode);
        string manifest = _folder.At("out.manifests", Group, "1.json"), text = File.ReadAllText(manifest);
        string hash = JsonDocument.Parse(text).RootElement.GetProperty("modules")[0].GetProperty("hash").GetString()!, other = new('0', 64);
        File.WriteAllText(manifest, text.Replace(hash, hash[..16] + other[16..], StringComparison.Ordinal));

        FuzzRun run = FuzzRun.Of(_folder, (string[])["showmap", "symbolize", Path.Combine("out", Group, "1.txt")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("another build than the trial counted", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_reads_entries_from_a_file_or_from_standard_input()
    {
        _folder.Write("corpus/1", "# title");
        _folder.Write("corpus/2", "| a | b |\n|---|---|\n| 1 | 2 |");

        FuzzRun run = FuzzRun.Of(_folder, (string[])["showmap", "corpus", "-o", "out", "--trial", "1", "--per-input", "--assemblies", "Markdig", "--json", "-", "--", TestPrograms.Markdown, "@@"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Json.GetProperty("entries").GetProperty("accepted").GetInt32());
        Dictionary<string, ulong>[] maps = [.. Directory.GetFiles(_folder.At("out", "replay__Markdown__Main")).Order(StringComparer.Ordinal).Select(Read)];
        Assert.Equal(2, maps.Length);
        Assert.NotEqual(maps[0].Keys.Order(StringComparer.Ordinal), maps[1].Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_shared_object_gives_points_by_their_index()
    {
        string target = NativePrograms.BuildShared("rejects.c", _folder.At("rejects.so"), "inline-8bit-counters,pc-table");
        File.Copy(NativePrograms.SharedRuntime, _folder.At("libedgewise_native.so"));
        _folder.Write("corpus/1", "bab");
        _folder.Write("corpus/2", "-");

        FuzzRun run = FuzzRun.Of(_folder, (string[])["showmap", target, "corpus", "-o", "out", "--trial", "1", "--json", "-"]);
        string file = Directory.GetFiles(_folder.At("out"), "1.txt", SearchOption.AllDirectories).Single();
        FuzzRun named = FuzzRun.Of(_folder, (string[])["showmap", "symbolize", file]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, run.Json.GetProperty("entries").GetProperty("skipped").GetInt32());
        Assert.True(run.Json.GetProperty("domains").GetProperty("sancov").GetProperty("observed").GetBoolean());
        Assert.All(File.ReadLines(file), line => Assert.Matches("^sancov_0x[0-9a-f]{4}:[0-9]+$", line));
        Assert.Equal(0, named.ExitCode);
        Assert.Contains("LLVMFuzzerTestOneInput", named.Output, StringComparison.Ordinal);
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static Dictionary<string, ulong> Read(string path) =>
        File.ReadLines(path).Select(line => line.Split(':')).ToDictionary(parts => parts[0], parts => ulong.Parse(parts[1], null));

    private FuzzRun Showmap(string target, string corpus, params string[] more) =>
        FuzzRun.Of(_folder, ["showmap", TestPrograms.Fuzzed, corpus, "-o", "out", "--method", target, .. more]);

    private ChildProcess Start(string corpus, params string[] more) => ChildProcess.Start(
        [TestPrograms.Edgewise, "showmap", TestPrograms.Fuzzed, corpus, "-o", "out", "--method", "replayed", .. more], _folder.Path, ("NO_COLOR", "1"), ("TMPDIR", _folder.Temporary));

    private void WriteLetters(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _folder.Write($"corpus/{i:000}", new string('a', i % 7) + (i % 50 == 49 ? "z" : "") + "b");
        }
    }
}
