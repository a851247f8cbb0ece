using Edgewise.Bench.Fuzzing;
using Edgewise.Fuzzing.Guidance;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>Puzzles are solved within a number of executions, those of the compares image among them, with the defaults of <c>edgewise fuzz</c>.</summary>
/// <remarks>Campaigns read no clock, so that one that is within its limit today is so on any machine.</remarks>
[Collection(nameof(CompareLog))]
public sealed class PuzzleTests : IDisposable
{
    private const long Limit = 100_000;
    private const ulong Seed = 20_261_121;

    private readonly CacheFolder _folder = CacheFolder.Open(_ => { });

    [Theory]
    [InlineData("SimpleTest")]
    [InlineData("SimpleCmpTest")]
    [InlineData("SwitchTest")]
    [InlineData("MemcmpTest")]
    [InlineData("StrncmpTest")]
    [InlineData("FullCoverageSetTest")]
    [InlineData("ThreeBytes")]
    [InlineData("SimpleHashTest")]
    [InlineData("DivTest")]
    [InlineData("CallerCalleeTest")]
    [InlineData("magic-guid")]
    [InlineData("magic-decimal")]
    [InlineData("magic-date")]
    [InlineData("magic-base64")]
    [InlineData("format-records")]
    [InlineData("format-requirements")]
    [InlineData("format-orders")]
    [InlineData("format-sessions")]
    public void A_puzzle_is_solved(string puzzle)
    {
        PuzzleOutcome outcome = PuzzleCampaign.Run(puzzle, Seed, Limit, new ImageCache(_folder));

        Assert.NotNull(outcome.Executions);
        Assert.InRange(outcome.CompareExecutions, 1, outcome.Executions.Value);
    }

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(SolvedOfThePeer))]
    public void A_puzzle_of_the_peer_is_solved_whatever_the_seed(string puzzle)
    {
        for (ulong seed = Seed; seed < Seed + 3; seed++)
        {
            PuzzleOutcome outcome = PuzzleCampaign.Run(puzzle, seed, Limit, new ImageCache(_folder));

            Assert.True(outcome.Executions is not null, $"seed {seed}: {outcome.Covered} points and {outcome.Entries} entries after {Limit} executions");
        }
    }

    [Fact]
    public void The_same_seed_solves_a_puzzle_at_the_same_execution()
    {
        var cache = new ImageCache(_folder);

        PuzzleOutcome first = PuzzleCampaign.Run("AbsNegAndConstantTest", Seed, Limit, cache), second = PuzzleCampaign.Run("AbsNegAndConstantTest", Seed, Limit, cache);

        Assert.NotNull(first.Executions);
        Assert.Equal(first with { Time = second.Time }, second);
    }

    [Fact]
    public void Without_solving_it_a_campaign_ends_at_its_limit()
    {
        PuzzleOutcome outcome = PuzzleCampaign.Run("SwitchTest", Seed, limit: 20, new ImageCache(_folder));

        Assert.Null(outcome.Executions);
    }

    public static TheoryData<string> SolvedOfThePeer() => [.. PuzzlePeer.All.Select(peer => peer.Puzzle)];

    public void Dispose() => _folder.Dispose();
}
