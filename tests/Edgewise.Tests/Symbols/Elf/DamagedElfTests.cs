using Edgewise.Symbols;
using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Points;

namespace Edgewise.Tests.Symbols.Elf;

/// <summary>Damaged binaries: an error that names file and offset, or points in order, and nothing else.</summary>
public sealed class DamagedElfTests
{
    private const int Rounds = 1500;

    [Theory]
    [InlineData("x86_64-guard.so")]
    [InlineData("i386-counters.pie")]
    [InlineData("aarch64-guard.static")]
    [InlineData("x86_64-sections.o")]
    public void Mutated_binaries_fail_by_name_and_offset_or_have_points_in_order(string name)
    {
        byte[] original = File.ReadAllBytes(Binaries.Of(name));
        Random random = new(2016);
        int failures = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] content = Mutated(original, random);
            try
            {
                ulong[] pcs = [.. BinaryPoints.Find(ElfFile.Read(content, "some.elf")).Pcs];
                Assert.All(pcs.Zip(pcs.Skip(1)), pair => Assert.True(pair.First < pair.Second));
            }
            catch (SymbolsException failure)
            {
                failures++;
                Assert.Matches("^some.elf: ELF, offset [0-9]+: ", failure.Message);
            }
        }

        Assert.InRange(failures, Rounds / 20, Rounds - (Rounds / 20));
    }

    // Half of the changes hit the tables, where one byte decides what all others mean.
    private static byte[] Mutated(byte[] original, Random random)
    {
        byte[] content = random.Next(8) == 0 ? original[..random.Next(original.Length)] : [.. original];
        int tables = (int)(original[4] == 2 ? BitConverter.ToUInt64(original, 40) : BitConverter.ToUInt32(original, 32));
        for (int change = random.Next(1, 4); change > 0 && content.Length > 0; change--)
        {
            int place = random.Next(2) == 0 ? random.Next(original.Length) : random.Next(3) == 0 ? random.Next(64) : random.Next(tables, original.Length);
            byte value = random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => 0x7F, _ => (byte)random.Next(256) };
            content[place % content.Length] = value;
        }

        return content;
    }
}
