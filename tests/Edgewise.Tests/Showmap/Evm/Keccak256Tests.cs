using System.Text;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Tests.Showmap.Evm;

public sealed class Keccak256Tests
{
    // The first three are published with the Keccak submission, or known to every user of Ethereum; those around the block size of 136 bytes are what Foundry's cast answers.
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("The quick brown fox jumps over the lazy dog", "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15")]
    public void Text_has_the_published_hash(string text, string hash) => Assert.Equal("0x" + hash, Keccak256.Hash(Encoding.ASCII.GetBytes(text)).ToHash());

    [Theory]
    [InlineData(135, "0x3d28d08c3dacab77392064a939f3e7f8d03f2e02e2c664ac08a05f63ac652626")]
    [InlineData(136, "0xb82d89d96e5575d11a9e1f4cabb2a45e60899e69a19a724cd796bdcf13511018")]
    [InlineData(137, "0xec8008a74e50bc7d6b22c3ad85402bf10e6d4449f3c8618e36c461b8a44eeafb")]
    [InlineData(200, "0x3a57666b048777f2c953dc4456f45a2588e1cb6f2da760122d530ac2ce607d4a")]
    [InlineData(272, "0xa657381e5615f539cac71f13c74473a5e77eaa2bd8348422dcac221c8f13da94")]
    public void Blocks_are_padded_at_every_length(int length, string hash)
    {
        byte[] data = new byte[length];
        Array.Fill(data, (byte)0xa3);
        Assert.Equal(hash, Keccak256.Hash(data).ToHash());
    }
}
