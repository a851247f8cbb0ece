using Edgewise.Fuzzing.Afl;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Afl;

/// <summary>What a launcher says, word by word, to a tool that the tests play.</summary>
[Collection("AFL++")]
public sealed unsafe class ProtocolTests(AflTools tools) : IClassFixture<AflTools>
{
    private const uint OldOptions = 0xC3000000;
    private const uint OldDictionary = 0x10000000;
    private const uint OldAcceptance = 0x81000001;
    private const uint Hello = 0x41464c01;
    private const int Kill = 9;
    private const uint Abort = 6;

    [Fact]
    public void The_old_handshake_tells_the_size_of_the_map_and_offers_shared_test_cases_and_a_dictionary()
    {
        Need();
        using var tool = new ToolInTheTest(tools, "steps");

        uint options = tool.Hear();
        tool.Say(OldAcceptance | OldDictionary);

        Assert.Equal(OldOptions | OldDictionary, options & 0xFF000000);
        Assert.InRange(((options & 0x00FFFFFE) >> 1) + 1, 20u, 1000u);
        byte[] dictionary = tool.Hear((int)tool.Hear());
        int words = 0;
        for (int i = 0; i < dictionary.Length; i += dictionary[i] + 1)
        {
            words++;
        }

        Assert.InRange(words, 1, 100);
        Assert.True(tool.Order("a") > 0);
        Assert.Equal(0u, tool.Hear());
    }

    [Fact]
    public void One_process_runs_what_returns_or_throws_and_marks_the_map_alive()
    {
        Need();
        using ToolInTheTest tool = Begin("deaths");

        int first = tool.Order("z");
        uint returned = tool.Hear();
        (byte sign, int counted) = (tool.Map[0], tool.Counted);
        int second = tool.Order("x");
        uint thrown = tool.Hear();

        Assert.Equal((first, 0u, Abort), (second, returned, thrown));
        Assert.Equal(1, sign);
        Assert.Equal([0, 0, 0], new ReadOnlySpan<byte>(tool.Map + 1, 3).ToArray());
        Assert.InRange(counted, 2, 5);
    }

    [Fact]
    public void A_run_that_hangs_is_told_while_it_lasts_and_ends_by_the_tools_signal()
    {
        Need();
        using ToolInTheTest tool = Begin("deaths");
        int first = tool.Order("z");
        Assert.Equal(0u, tool.Hear());

        int hanging = tool.Order("h");
        int counted = tool.Counted;
        ChildProcess.Signal(hanging, Kill);
        uint killed = tool.Hear();
        int next = tool.Order("z", wasKilled: true);

        Assert.Equal((first, (uint)Kill, 0u), (hanging, killed, tool.Hear()));
        Assert.NotEqual(first, next);
        // The edges up to the hang stand in the map before the process is killed.
        Assert.InRange(counted, 2, 5);
    }

    [Fact]
    public void Runs_longer_than_the_fork_servers_patience_have_one_answer_each()
    {
        Need();
        using ToolInTheTest tool = Begin("deaths");

        for (int i = 0; i < 20; i++)
        {
            Assert.True(tool.Order(i % 2 == 0 ? "w" : "z") > 0);
            Assert.Equal(0u, tool.Hear());
        }
    }

    [Theory]
    [InlineData("f", Abort)]
    [InlineData("s", Abort)]
    [InlineData("q", 3u << 8)]
    public void A_process_that_dies_is_told_as_the_system_does_and_followed_by_another(string input, uint status)
    {
        Need();
        using ToolInTheTest tool = Begin("deaths");

        int dying = tool.Order(input);
        uint end = tool.Hear();
        int next = tool.Order("z");

        Assert.Equal((status, 0u), (end, tool.Hear()));
        Assert.NotEqual(dying, next);
    }

    [Fact]
    public void An_input_that_returned_once_and_hangs_in_the_next_process_does_not_stop_the_fork_server()
    {
        Need();
        using ToolInTheTest tool = Begin("moody");
        foreach (string input in (string[])["a", "m", "f"])
        {
            tool.Order(input);
            tool.Hear();
        }

        Assert.True(tool.Order("a", wasKilled: false) > 0);

        Assert.Equal(0u, tool.Hear());
    }

    [Fact]
    public void When_the_tool_goes_away_so_do_fork_server_and_worker_even_in_a_run_that_hangs()
    {
        Need();
        using ToolInTheTest tool = Begin("deaths");

        int worker = tool.Order("h");
        bool hasEnded = tool.Leave();

        Assert.True(hasEnded);
        Assert.False(Directory.Exists($"/proc/{worker}"));
    }

    [Fact]
    public void A_recent_CmpLog_map_gets_the_new_handshake_and_the_compares_of_a_run()
    {
        Need();
        using var tool = new ToolInTheTest(tools, "magic", logsCompares: true);

        Assert.Equal(Hello, tool.Hear());
        tool.Say(~Hello);
        Assert.Equal(3u, tool.Hear());
        Assert.InRange(tool.Hear(), 20u, 1000u);
        Assert.Equal(Hello, tool.Hear());
        tool.Order("aaaaaaaa");

        Assert.Equal(0u, tool.Hear());
        const ulong Magic = 0x4ae71f25c90d83b6, Tried = 0x6161616161616161;
        var headers = new ReadOnlySpan<ushort>(tool.Compares, 1 << 16);
        var pairs = new ReadOnlySpan<ulong>(tool.Compares + (1 << 17), (ToolInTheTest.RecentCompares - (1 << 17)) / sizeof(ulong));
        Assert.InRange(headers.Length - headers.Count((ushort)0), 1, 10);
        int place = pairs.IndexOf(Magic);
        Assert.True(place >= 0);
        Assert.Contains(Tried, pairs.Slice(Math.Max(0, place - 4), 9).ToArray());
    }

    private static void Need() => Assert.SkipUnless(AflLauncher.IsAvailable, "needs Linux on x86-64");

    private ToolInTheTest Begin(string target)
    {
        var tool = new ToolInTheTest(tools, target);
        tool.Hear();
        tool.Say(OldAcceptance);
        return tool;
    }
}
