using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Distill;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Sancov.Distill;

public sealed class DistillationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_covers_all_is_enough()
    {
        Distillation distillation = Of(Sancov("a.out.1.sancov", 1, 2), Sancov("a.out.2.sancov", 1, 2, 3), Sancov("a.out.3.sancov", 3));

        Assert.Equal([_folder.File("a.out.2.sancov")], Files(distillation));
        Assert.Equal((3, 3), (distillation.RunCount, distillation.ElementCount));
    }

    [Fact]
    public void Files_of_one_process_are_one_run()
    {
        Distillation distillation = Of(Sancov("a.out.1.sancov", 1), Sancov("lib.so.1.sancov", 1), Sancov("a.out.2.sancov", 1));

        Assert.Equal([_folder.File("a.out.1.sancov"), _folder.File("lib.so.1.sancov")], Files(distillation));
    }

    [Fact]
    public void Another_count_of_a_point_is_worth_a_run()
    {
        File.WriteAllBytes(_folder.File("a.1.counters-sancov"), [1, 0]);
        File.WriteAllBytes(_folder.File("a.2.counters-sancov"), [8, 0]);
        File.WriteAllBytes(_folder.File("a.3.counters-sancov"), [8, 0]);

        Assert.Equal(2, Of([.. Enumerable.Range(1, 3).Select(pid => _folder.File($"a.{pid}.counters-sancov"))]).Kept.Count);
    }

    [Fact]
    public void Of_equal_bitsets_the_first_is_kept()
    {
        File.WriteAllText(_folder.File("a.1.bitset-sancov"), "101");
        File.WriteAllText(_folder.File("a.2.bitset-sancov"), "101");

        Assert.Equal([_folder.File("a.1.bitset-sancov")], Files(Of(_folder.File("a.1.bitset-sancov"), _folder.File("a.2.bitset-sancov"))));
    }

    [Fact]
    public void Bitsets_of_different_lengths_are_of_different_builds()
    {
        File.WriteAllText(_folder.File("a.1.bitset-sancov"), "101");
        File.WriteAllText(_folder.File("a.2.bitset-sancov"), "10");

        SancovException failure = Assert.Throws<SancovException>(() => Of(_folder.File("a.1.bitset-sancov"), _folder.File("a.2.bitset-sancov")));

        Assert.Equal($"{_folder.File("a.2.bitset-sancov")}: has 2 points, and {_folder.File("a.1.bitset-sancov")} has 3: they are of different builds of a", failure.Message);
    }

    [Fact]
    public void What_is_kept_covers_all_with_no_run_to_spare()
    {
        Random random = new(7);
        for (int round = 0; round < 50; round++)
        {
            CoverageRun[] runs = [.. Enumerable.Range(0, 20).Select(run => new CoverageRun(
                [$"{run}"], new HashSet<(string, ulong)>(Enumerable.Range(0, random.Next(12)).Select(_ => ("m", (ulong)random.Next(30))))))];

            Distillation distillation = Distillation.Of(runs);

            Assert.Equal(runs.SelectMany(run => run.Elements).ToHashSet(), distillation.Kept.SelectMany(run => run.Elements).ToHashSet());
            // Each run added something when it was taken, in steps that never grow: that is what makes the choice greedy.
            HashSet<(string, ulong)> seen = [];
            int last = int.MaxValue;
            foreach (CoverageRun run in distillation.Kept)
            {
                int added = run.Elements.Count(element => !seen.Contains(element));
                Assert.Equal(runs.Max(other => other.Elements.Count(element => !seen.Contains(element))), added);
                Assert.InRange(added, 1, last);
                last = added;
                seen.UnionWith(run.Elements);
            }
        }
    }

    private static Distillation Of(params string[] files) => Distillation.Of(RunReader.Read(files));

    private static IEnumerable<string> Files(Distillation distillation) => distillation.Kept.SelectMany(run => run.Files);

    private string Sancov(string name, params ulong[] pcs)
    {
        File.WriteAllBytes(_folder.File(name), SancovFile.Encode(pcs));
        return _folder.File(name);
    }
}
