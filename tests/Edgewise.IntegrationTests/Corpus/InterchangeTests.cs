using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Merging;
using Edgewise.Corpus.Sync;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Corpus;

/// <summary>Merges and campaigns in which libFuzzer and AFL themselves take part.</summary>
public sealed class InterchangeTests : IDisposable
{
    private static readonly string[] Words = ["b", "ab", "abc", "abcd", "\u0003z", "zz", "never-guess-"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Libfuzzer_goes_on_with_a_merge_that_was_begun_here_and_the_other_way_round()
    {
        string target = OtherFuzzers.BuildForLibFuzzer(_folder.Path);
        string inputs = Directory.CreateDirectory(Path.Combine(_folder.Path, "in")).FullName;
        string output = Directory.CreateDirectory(Path.Combine(_folder.Path, "out")).FullName;
        foreach ((int i, string word) in Words.Append("X").Index())
        {
            File.WriteAllText(Path.Combine(inputs, $"{i}"), word);
        }

        // Two of them are executed here, and the record says so in libFuzzer's words.
        string control = Path.Combine(_folder.Path, "control");
        IReadOnlyList<InputFile> files = [.. InputFolder.List(inputs).OrderBy(file => file.Size)];
        var step = new MergeStep(new Silent(2), MergeMode.SetCover);
        Assert.Throws<InvalidOperationException>(() => step.Run(MergeControlFile.Create(control, [], [.. files.Select(file => file.Path)])));

        string said = OtherFuzzers.Run(target, ["-set_cover_merge=1", $"-merge_control_file={control}", output, inputs], _folder.Path);
        List<string> ours = [];
        MergeResult result = CorpusMerge.Run(new MergeRequest { ControlPath = control, FirstCorpus = [], Others = files, Mode = MergeMode.SetCover }, _ => throw new InvalidOperationException("nothing is left"), ours.Add);

        Assert.Contains("MERGE-OUTER: control file ok, 8 files total, first not processed file 3", said, StringComparison.Ordinal);
        Assert.Equal(Line(said, "new files with"), Line(string.Join('\n', ours), "new files with"));
        Assert.Equal(Directory.GetFiles(output).Select(File.ReadAllText).Order(StringComparer.Ordinal), result.NewFiles.Select(file => File.ReadAllText(file.Path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Afl_takes_over_what_is_published_here_and_its_inputs_come_in()
    {
        string target = OtherFuzzers.BuildForAfl(_folder.Path);
        string seeds = Directory.CreateDirectory(Path.Combine(_folder.Path, "seeds")).FullName;
        File.WriteAllText(Path.Combine(seeds, "seed"), "seed");
        string root = Path.Combine(_folder.Path, "sync");
        using SyncFolder ours = SyncFolder.Join(root, "ours");
        ours.Publish("never-guess-it"u8, QueueName.OfMutation(null, 1, 2, "havoc"));

        string said = OtherFuzzers.RunAfl(target, seeds, root, seconds: 8);
        List<string> imported = [];
        ours.Import(input => imported.Add(System.Text.Encoding.Latin1.GetString(input.Content.Span)));

        Assert.True(Directory.Exists(Path.Combine(root, "main", "queue")), said);
        Assert.Contains(Directory.GetFiles(Path.Combine(root, "main", "queue")), file => file.Contains("sync:ours,src:000000", StringComparison.Ordinal));
        Assert.Contains("seed", imported);
        Assert.Contains("never-guess-it", imported);
    }

    public void Dispose() => _folder.Dispose();

    private static string Line(string text, string part) => text.Split('\n').Single(line => line.Contains(part, StringComparison.Ordinal)).Trim();

    private sealed class Silent(int left) : IMergeExecutor
    {
        private int _left = left;

        public void Execute(ReadOnlySpan<byte> input, ICollection<uint> features, ICollection<uint> points)
        {
            if (--_left < 0)
            {
                throw new InvalidOperationException("the process ends");
            }
        }
    }
}
