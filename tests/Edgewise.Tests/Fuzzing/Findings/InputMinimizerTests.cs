using Edgewise.Fuzzing.Findings;

namespace Edgewise.Tests.Fuzzing.Findings;

public sealed class InputMinimizerTests
{
    [Fact]
    public void What_is_left_shows_the_same_and_no_byte_of_it_can_go()
    {
        var random = new Random(4);
        for (int i = 0; i < 200; i++)
        {
            byte[] needle = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (byte)random.Next(256))];
            byte[] input = [.. Bytes(random, 50), .. needle, .. Bytes(random, 50)];
            bool Shows(byte[] candidate) => candidate.AsSpan().IndexOf(needle) >= 0;

            byte[] shortest = InputMinimizer.Minimize(input, Shows, 100_000);

            Assert.Equal(needle, shortest);
        }
    }

    [Fact]
    public void Bytes_that_do_not_matter_become_plain()
    {
        byte[] shortest = InputMinimizer.Minimize("ab\u0001\u0002cd"u8.ToArray(), candidate => candidate.Length == 6 && candidate[2] == 1, 1000);

        Assert.Equal("00\u0001000"u8, shortest);
    }

    [Fact]
    public void The_budget_is_kept()
    {
        int runs = 0;

        InputMinimizer.Minimize(new byte[1000], _ => ++runs < 0, 50);

        Assert.Equal(50, runs);
    }

    private static byte[] Bytes(Random random, int most)
    {
        byte[] bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public void Bytes_that_have_to_be_alike_become_plain_together()
    {
        byte[] shortest = InputMinimizer.Minimize("abab"u8.ToArray(), candidate => candidate is [var a, var b, var c, var d] && a == c && b == d && a != b, 1000);

        Assert.Equal("0b0b"u8, shortest);
    }
}
