using Edgewise.Corpus;
using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Merging;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Corpus;

/// <summary>
/// The golden control files are libFuzzer 14's, of a target that calls abort for "X": <c>clang++-14 -g -O1 -fsanitize=fuzzer t.cc -o t &amp;&amp; ./t -merge=1
/// -merge_control_file=merge.txt o a b</c>, and <c>-set_cover_merge=1</c> without the first corpus.
/// </summary>
public sealed class CorpusMergeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public CorpusMergeTests()
    {
        (string Path, string Content)[] files =
        [
            ("o/one", "a"), ("b/crash", "X"), ("a/zz", "zz"), ("a/ab", "ab"), ("b/5z", "\u0005z"), ("b/abc", "abc"), ("b/abc2", "abc"), ("b/abcd", "abcd"),
        ];
        foreach ((string path, string content) in files)
        {
            _folder.Write(path, content);
        }
    }

    private string ControlPath => _folder.At("control");

    [Theory]
    [InlineData("merge.txt", MergeMode.Greedy)]
    [InlineData("set-cover-merge.txt", MergeMode.SetCover)]
    public void The_control_file_is_libfuzzers_byte_for_byte(string golden, MergeMode mode)
    {
        string expected = File.ReadAllText(Golden(golden));
        MergeControlFile names = MergeControlFile.Parse(golden, File.ReadAllBytes(Golden(golden)));
        string[] paths = [.. names.Files.Select(file => _folder.At(file.Path))];
        MergeControlFile control = MergeControlFile.Create(ControlPath, paths[..names.FirstCorpusCount], paths[names.FirstCorpusCount..]);

        Attempt(control, mode);
        Attempt(MergeControlFile.Read(ControlPath), mode);

        Assert.Equal(expected, File.ReadAllText(ControlPath).Replace(_folder.Path + "/", string.Empty, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("merge.txt", MergeMode.Greedy, "a/ab a/zz b/5z b/abc", 7, 6)]
    [InlineData("set-cover-merge.txt", MergeMode.SetCover, "a/ab a/zz b/5z b/abc", 9, 8)]
    public void From_libfuzzers_control_file_the_files_are_chosen_that_libfuzzer_chose(string golden, MergeMode mode, string chosen, int features, int points)
    {
        MergeControlFile control = MergeControlFile.Parse(golden, File.ReadAllBytes(Golden(golden)));

        (IReadOnlyList<MergeFile> files, int newFeatures, int newPoints) = MergeSelection.Choose([.. control.Files.Take(control.FirstCorpusCount)], [.. control.Files.Skip(control.FirstCorpusCount)], mode);

        Assert.Equal(chosen.Split(' '), files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Equal((features, newFeatures, points, newPoints), (newFeatures, features, newPoints, points));
    }

    [Theory]
    [InlineData(MergeMode.Greedy)]
    [InlineData(MergeMode.SetCover)]
    public void A_merge_goes_on_after_an_input_that_ends_the_process_and_says_what_libfuzzer_says(MergeMode mode)
    {
        MergeResult result = Run(mode);

        Assert.Equal(["abc", "zz", "ab", "\u0005z"], result.NewFiles.Select(file => File.ReadAllText(file.Path)).OrderBy(text => Array.IndexOf(["abc", "zz", "ab", "\u0005z"], text)));
        Assert.Equal((7, 6, 2), (result.NewFeatures, result.NewPoints, result.Attempts));
        Assert.Equal([_folder.At("b", "crash")], result.Failures.Select(file => file.Path));
        Assert.Equal("MERGE-OUTER: 8 files, 1 in the initial corpus, 0 processed earlier", _said[0]);
        Assert.Equal(["MERGE-OUTER: attempt 1", "MERGE-OUTER: attempt 2", "MERGE-OUTER: successful in 2 attempt(s)"], _said[1..4]);
        Assert.Equal($"MERGE-OUTER: the control file has {new FileInfo(ControlPath).Length} bytes", _said[4]);
        Assert.Matches(@"^MERGE-OUTER: consumed \d+Mb \(\d+Mb rss\) to parse the control file$", _said[5]);
        Assert.Equal("MERGE-OUTER: 4 new files with 7 new features added; 6 new coverage edges", _said[6]);
    }

    [Fact]
    public void A_merge_that_was_killed_goes_on_where_it_was_wherever_that_is()
    {
        Run(MergeMode.SetCover);
        byte[] control = File.ReadAllBytes(ControlPath);
        int names = MergeControlFile.Parse("x", control).Files.Sum(file => file.Path.Length + 1) + "8\n1\n".Length;
        for (int length = names; length < control.Length; length += 7)
        {
            File.WriteAllBytes(ControlPath, control[..length]);
            MergeControlFile left = MergeControlFile.Read(ControlPath);
            TableExecutor executor = TableExecutor.OfGolden;
            executor.Executed.Clear();

            Run(MergeMode.SetCover);

            // An input at which it was killed counts as one that ends the process: only that and the one that does show nothing.
            MergeControlFile complete = MergeControlFile.Read(ControlPath);
            Assert.Equal(left.Files.Count - left.FirstNotStarted, executor.Executed.Count);
            Assert.Equal(8, complete.FirstNotStarted);
            Assert.Equal(
                new[] { _folder.At("b", "crash"), left.LastFailure?.Path ?? _folder.At("b", "crash") }.Distinct().Order(),
                complete.Files.Where(file => file.Features.Count == 0).Select(file => file.Path).Order());
        }
    }

    [Fact]
    public void A_merge_that_is_complete_has_nothing_to_do_and_the_same_result()
    {
        MergeResult first = Run(MergeMode.Greedy);
        _said.Clear();

        MergeResult second = Run(MergeMode.Greedy);

        Assert.Equal(first.NewFiles.Select(file => file.Path), second.NewFiles.Select(file => file.Path));
        Assert.Equal(0, second.Attempts);
        Assert.Equal("MERGE-OUTER: nothing to do, merge has been completed before", _said[2]);
    }

    [Fact]
    public void More_files_are_executed_alone_and_what_was_known_of_the_others_is_used()
    {
        Run(MergeMode.Greedy);
        _folder.Write("b/more", "abcd");
        _said.Clear();
        TableExecutor.OfGolden.Executed.Clear();

        MergeResult result = Run(MergeMode.Greedy);

        Assert.Equal(["abcd"], TableExecutor.OfGolden.Executed);
        Assert.Equal("MERGE-OUTER: starting merge from scratch, but reusing coverage information from the given control file", _said[2]);
        Assert.Equal("MERGE-OUTER: 9 files, 1 in the initial corpus, 8 processed earlier", _said[3]);
        Assert.Equal(7, result.NewFeatures);
    }

    [Fact]
    public void A_control_file_that_is_none_is_written_over()
    {
        File.WriteAllText(ControlPath, "junk");

        MergeResult result = Run(MergeMode.Greedy);

        Assert.Contains("MERGE-OUTER: bad control file, will overwrite it", _said);
        Assert.Equal(7, result.NewFeatures);
    }

    [Theory]
    [InlineData("x\n", "line 1: expected how many files there are")]
    [InlineData("2\n3\n", "line 2: 3 files in the first corpus; expected at most 2")]
    [InlineData("2\n0\na\n", "line 3: the file ends; expected the name of a file")]
    [InlineData("2000000000\n0\na\n", "line 3: the file ends; expected the name of a file")]
    [InlineData("1\n0\na\nSTARTED 1 4\n", "line 4: STARTED 1; expected STARTED 0, of 1 files")]
    [InlineData("1\n0\na\nFT 0 4\n", "line 4: FT 0; expected it after STARTED 0")]
    [InlineData("1\n0\na\nCOV 0 4\n", "line 4: COV 0; expected it after STARTED 0")]
    [InlineData("1\n0\na\nSTARTED 0 1\nFT 0 4 x\n", "line 5: expected a number")]
    [InlineData("1\n0\na\nENDED 0\n", "line 4: 'ENDED'; expected STARTED, FT or COV")]
    public void A_damaged_control_file_is_told_with_the_line(string content, string problem)
    {
        CorpusException failure = Assert.Throws<CorpusException>(() => MergeControlFile.Parse("control", System.Text.Encoding.UTF8.GetBytes(content)));

        Assert.Equal($"control: {problem}", failure.Message);
    }

    [Fact]
    public void A_process_that_executes_nothing_ends_the_merge_with_the_input_at_which_it_stood()
    {
        CorpusException failure = Assert.Throws<CorpusException>(() => CorpusMerge.Run(Request(MergeMode.Greedy), _ => false, _said.Add));

        Assert.Contains($"ended before it executed '{_folder.At("o", "one")}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_are_gone_or_too_large_show_nothing_and_are_told()
    {
        MergeControlFile control = MergeControlFile.Create(ControlPath, [], [_folder.At("gone"), _folder.At("b", "abcd"), _folder.At("a", "ab")]);
        var step = new MergeStep(TableExecutor.OfGolden, MergeMode.Greedy, largest: 3);
        List<MergeProgress> progress = [];

        step.Run(control, progress.Add);

        Assert.Equal([$"{_folder.At("gone")}: not found; skipped", $"{_folder.At("b", "abcd")}: 4 bytes; expected at most 3; skipped"], step.Skipped.Select(skipped => skipped.ToString()));
        Assert.Equal([new MergeProgress(0, 1, 0, 0), new MergeProgress(1, 2, 0, 0), new MergeProgress(2, 3, 4, 4)], progress);
        Assert.EndsWith("STARTED 0 0\nFT 0\nCOV 0\nSTARTED 1 0\nFT 1\nCOV 1\nSTARTED 2 2\nFT 2 0 40 72 96\nCOV 2 0 5 9 12\n", File.ReadAllText(ControlPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Choosing_by_set_cover_is_that_of_a_plain_search_for_the_file_with_the_most_new_features()
    {
        var random = new Random(4);
        for (int round = 0; round < 100; round++)
        {
            MergeFile[] files = [.. Enumerable.Range(0, 30).Select(i => new MergeFile($"{i}")
            {
                Size = random.Next(5),
                FeatureIds = [.. Enumerable.Range(0, random.Next(10)).Select(_ => (uint)random.Next(60)).Distinct()],
            })];
            HashSet<uint> covered = [.. files[0].Features];
            List<string> expected = [];
            while (files.Skip(1).MaxBy(file => (file.Features.Count(feature => !covered.Contains(feature)), -file.Size, -int.Parse(file.Path, System.Globalization.CultureInfo.InvariantCulture))) is { } most
                && most.Features.Any(feature => !covered.Contains(feature)))
            {
                expected.Add(most.Path);
                covered.UnionWith(most.Features);
            }

            Assert.Equal(expected, MergeSelection.Choose(files[..1], files[1..], MergeMode.SetCover).Files.Select(file => file.Path));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Corpus", "Golden", name);

    private MergeResult Run(MergeMode mode) => CorpusMerge.Run(Request(mode), _ => Attempt(MergeControlFile.Read(ControlPath), mode), _said.Add);

    private MergeRequest Request(MergeMode mode) => new()
    {
        ControlPath = ControlPath,
        FirstCorpus = InputFolder.List(_folder.At("o")),
        Others = [.. InputFolder.List(_folder.At("a")), .. InputFolder.List(_folder.At("b"))],
        Mode = mode,
    };

    private static bool Attempt(MergeControlFile control, MergeMode mode)
    {
        try
        {
            new MergeStep(TableExecutor.OfGolden, mode).Run(control);
            return true;
        }
        catch (TableExecutor.DeathException)
        {
            return false;
        }
    }
}
