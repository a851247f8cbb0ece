using System.Numerics;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Tests.Showmap.Evm;

public sealed class EvmWordTests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    [Fact]
    public void Words_compute_as_numbers_modulo_two_to_the_256th()
    {
        Random random = new(256);
        for (int round = 0; round < 5000; round++)
        {
            EvmWord a = Any(random), b = Any(random);
            (BigInteger x, BigInteger y) = (a.ToInteger(), b.ToInteger());
            Assert.Equal((x + y) % Modulus, (a + b).ToInteger());
            Assert.Equal((x - y + Modulus) % Modulus, (a - b).ToInteger());
            Assert.Equal((Modulus - x) % Modulus, (-a).ToInteger());
            Assert.Equal(x * y % Modulus, (a * b).ToInteger());
            Assert.Equal(y.IsZero ? 0 : x / y, EvmWord.Divide(a, b).ToInteger());
            Assert.Equal(y.IsZero ? 0 : x % y, EvmWord.Remainder(a, b).ToInteger());
            Assert.Equal(x & y, (a & b).ToInteger());
            Assert.Equal(x | y, (a | b).ToInteger());
            Assert.Equal(x ^ y, (a ^ b).ToInteger());
            Assert.Equal(Modulus - 1 - x, (~a).ToInteger());
            Assert.Equal(x.CompareTo(y), Math.Sign(a.CompareTo(b)));
            Assert.Equal((int)x.GetBitLength(), a.BitLength);
            int bits = random.Next(300);
            Assert.Equal((x << bits) % Modulus, (a << bits).ToInteger());
            Assert.Equal(x >> bits, (a >> bits).ToInteger());
            Assert.Equal(x >= Modulus / 2 ? x - Modulus : x, a.ToSignedInteger());
        }
    }

    [Fact]
    public void Bytes_and_text_come_back()
    {
        Random random = new(32);
        for (int round = 0; round < 1000; round++)
        {
            EvmWord word = Any(random);
            Assert.Equal(word, EvmWord.FromBytes(word.ToBytes()));
            Assert.Equal(word, EvmWord.Parse(word.ToString()));
            Assert.Equal(word, EvmWord.Parse(word.ToHash()));
            Assert.Equal(word.Address, EvmWord.Parse(word.ToAddress()));
            Assert.Equal(word, EvmWord.FromInteger(word.ToSignedInteger()));
        }

        Assert.Equal("0x0", EvmWord.Zero.ToString());
        Assert.Equal("0x7fa9385be102ac3eac297483dd6233d62b3e1496", EvmWord.Parse("0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496").ToAddress());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("12")]
    [InlineData("0xg")]
    [InlineData("0x00000000000000000000000000000000000000000000000000000000000000001")]
    public void What_is_no_word_is_not_read(string text) => Assert.False(EvmWord.TryParse(text, out _));

    // Numbers of all lengths, and those at the edges of the parts.
    private static EvmWord Any(Random random)
    {
        byte[] bytes = new byte[random.Next(33)];
        random.NextBytes(bytes);
        EvmWord word = EvmWord.FromBytes(bytes);
        return random.Next(6) switch { 0 => ~word, 1 => -(EvmWord)(ulong)random.Next(3), 2 => EvmWord.One << random.Next(256), _ => word };
    }
}
