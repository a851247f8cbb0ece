using Edgewise.Exploration.Search;

namespace Edgewise.Tests.Exploration.Search;

public sealed class SharesTests
{
    [Fact]
    public void Ways_that_were_not_tried_have_equal_shares()
    {
        var shares = new Shares(4, 0.05);

        Assert.Equal([25, 25, 25, 25], CountTurns(shares, 100));
    }

    [Fact]
    public void The_way_that_brings_most_gets_most_turns_and_the_others_their_least_share()
    {
        var shares = new Shares(4, 0.05);
        for (int i = 0; i < 5000; i++)
        {
            int way = shares.Next();
            shares.Add(way, hasFound: way == 2 && i % 2 == 0);
        }

        int[] turns = CountTurns(shares, 1000);
        Assert.InRange(turns[2], 700, 850);
        Assert.All(turns, count => Assert.InRange(count, 50, 850));
    }

    [Fact]
    public void What_a_way_brought_is_forgotten_in_time()
    {
        var shares = new Shares(2, 0.05);
        for (int i = 0; i < 1000; i++)
        {
            shares.Add(0, hasFound: true);
        }

        for (int i = 0; i < 20_000; i++)
        {
            shares.Add(0, hasFound: false);
            shares.Add(1, hasFound: i % 10 == 0);
        }

        int[] turns = CountTurns(shares, 100);
        Assert.True(turns[1] > turns[0], string.Join(", ", turns));
    }

    private static int[] CountTurns(Shares shares, int number)
    {
        int[] turns = new int[4];
        for (int i = 0; i < number; i++)
        {
            turns[shares.Next()]++;
        }

        return turns;
    }
}
