using Edgewise.Exploration;
using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Tests.Exploration.Bugs;

public sealed class BugRegistryTests
{
    [Fact]
    public void Ends_of_one_kind_and_signature_are_one_bug_with_several_timelines()
    {
        var bugs = new BugRegistry();
        for (ulong seed = 1; seed <= 10; seed++)
        {
            Assert.Equal(seed == 1, bugs.Add(new Timeline(seed, Recipe.Empty), new TimelineEnd(BugKind.Exception, "boom", $"boom {seed}"), (long)seed));
        }

        Assert.True(bugs.Add(new Timeline(11, Recipe.Empty), new TimelineEnd(BugKind.Deadlock, "boom", ""), 11));

        Assert.Equal(2, bugs.Bugs.Count);
        Assert.Equal((10L, 1L, "boom 1", Bug.MostTimelines), (bugs.Bugs[0].Count, bugs.Bugs[0].FirstRun, bugs.Bugs[0].Message, bugs.Bugs[0].Timelines.Count));
    }
}
