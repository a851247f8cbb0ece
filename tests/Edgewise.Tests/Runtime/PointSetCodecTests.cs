using System.Buffers.Binary;
using System.Numerics;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Runtime;

public sealed class PointSetCodecTests
{
    [Fact]
    public void A_set_with_every_kind_of_block_comes_back_as_it_was()
    {
        PointSet set = PointSets.Random(methodCount: 2000, seed: 7, name: "Größe.dll");

        PointSet read = PointSetCodec.Read(PointSetCodec.Write(set), "test");

        PointSets.AssertEqual(set, read);
    }

    [Fact]
    public void Level_pruning_entry_and_lists_come_back_as_they_were()
    {
        PointSet set = Changed(PointSets.Small, InstrumentationLevel.Func, Pruning.Llvm, entryPruned: true, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        PointSet read = PointSetCodec.Read(PointSetCodec.Write(set), "test");

        PointSets.AssertEqual(set, read);
    }

    [Fact]
    public void A_module_without_methods_comes_back_as_it_was()
    {
        PointSet set = PointSets.Random(methodCount: 0, seed: 3);

        PointSet read = PointSetCodec.Read(PointSetCodec.Write(set), "test");

        PointSets.AssertEqual(set, read);
    }

    [Fact]
    public void A_plain_block_takes_one_byte()
    {
        int difference = PointSetCodec.Write(PointSets.Plain(2000)).Length - PointSetCodec.Write(PointSets.Plain(1000)).Length;

        Assert.InRange(difference, 1000, 1004);
    }

    [Fact]
    public void The_header_alone_tells_name_hash_and_counts()
    {
        PointSetHeader header = PointSetCodec.ReadHeader(PointSetCodec.Write(PointSets.Small), "test");

        Assert.Equal(PointSets.Small.ModuleName, header.ModuleName);
        Assert.Equal(PointSets.Small.OriginalHash, header.OriginalHash);
        Assert.Equal(
            (PointSets.Small.Methods.Length, PointSets.Small.PointCount, PointSets.Small.Blocks.Length, PointSets.Small.Implying.Length),
            (header.MethodCount, header.PointCount, header.BlockCount, header.ImplyingCount));
    }

    [Fact]
    public void Every_changed_bit_of_a_written_set_is_found_and_told_with_its_source()
    {
        byte[] written = PointSetCodec.Write(PointSets.Small);
        for (int bit = 0; bit < written.Length * 8; bit++)
        {
            byte[] damaged = [.. written];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => PointSetCodec.Read(damaged, "here.points"));

            Assert.StartsWith("here.points: ", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_truncation_is_found()
    {
        byte[] written = PointSetCodec.Write(PointSets.Small);
        for (int length = 0; length < written.Length; length++)
        {
            Assert.Throws<CoverageFormatException>(() => PointSetCodec.Read(written.AsSpan(0, length), "cut"));
        }
    }

    [Fact]
    public void Damage_that_the_checksum_confirms_fails_by_the_formats_own_exception_or_reads_as_a_sound_set()
    {
        byte[] written = PointSetCodec.Write(PointSets.Random(methodCount: 60, seed: 5));
        var random = new Random(23);
        int refused = 0, sound = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = Mutate(written, random);
            try
            {
                AssertSound(PointSetCodec.Read(damaged, "mutant"));
                sound++;
            }
            catch (CoverageFormatException)
            {
                refused++;
            }
        }

        Assert.True(refused > 10_000, $"{refused} refused");
        Assert.True(sound > 100, $"{sound} sound");
    }

    [Fact]
    public void A_lying_count_is_refused_before_anything_is_allocated_for_it()
    {
        byte[] written = PointSetCodec.Write(PointSets.Small);
        // Magic, version, hash, level, features, pruning, entry, name with its length, no selection.
        int counts = 8 + 1 + 32 + 1 + 1 + 1 + 1 + 1 + PointSets.Small.ModuleName.Length + 1;
        byte[] lying = [.. written.AsSpan(0, counts), 0xFF, 0xFF, 0xFF, 0xFF, 0x07, .. written.AsSpan(counts + 1)];
        Seal(lying);
        long before = GC.GetAllocatedBytesForCurrentThread();

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => PointSetCodec.Read(lying, "liar"));

        Assert.Contains("number of methods 2147483647 exceeds", failure.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Another_version_is_refused_by_its_number()
    {
        byte[] written = PointSetCodec.Write(PointSets.Small);
        written[8] = 9;
        Seal(written);

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => PointSetCodec.Read(written, "new.points"));

        Assert.Equal("new.points: point set, offset 9: version 9; this program reads versions 1 to 2", failure.Message);
    }

    [Fact]
    public void A_set_whose_blocks_leave_a_gap_is_not_written()
    {
        PointSet set = PointSets.Random(methodCount: 3, seed: 2);
        set.Blocks[0] = set.Blocks[0] with { Length = set.Blocks[0].Length + 1 };

        ArgumentException failure = Assert.Throws<ArgumentException>(() => PointSetCodec.Write(set));

        Assert.Contains("blocks tile the body", failure.Message, StringComparison.Ordinal);
    }

    private static PointSet Changed(PointSet set, InstrumentationLevel level, Pruning pruning, bool entryPruned, byte[] selection) => new()
    {
        ModuleName = set.ModuleName,
        OriginalHash = set.OriginalHash,
        Level = level,
        Features = CoverageFeatures.TracePcGuard,
        Pruning = pruning,
        EntryPruned = entryPruned,
        SelectionHash = selection,
        Methods = set.Methods,
        Blocks = set.Blocks,
        Implying = set.Implying,
        Pcs = set.Pcs,
        Kinds = set.Kinds,
    };

    private static byte[] Mutate(byte[] written, Random random)
    {
        var damaged = new List<byte>(written);
        for (int change = random.Next(3); change >= 0; change--)
        {
            int at = random.Next(8, damaged.Count - 4);
            switch (random.Next(4))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 5), damaged.Count - 4 - at));
                    break;
                default:
                    damaged.InsertRange(at, [0xFF, 0xFF, 0xFF, 0xFF, (byte)random.Next(16)]);
                    break;
            }
        }

        byte[] result = [.. damaged];
        Seal(result);
        return result;
    }

    /// <summary>Puts the right checksum under changed bytes, so that the checks behind it are reached.</summary>
    private static void Seal(byte[] written)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in written.AsSpan(0, written.Length - 4))
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(written.AsSpan(written.Length - 4), ~crc);
    }

    private static void AssertSound(PointSet set)
    {
        foreach (PointMethod method in set.Methods)
        {
            int offset = 0;
            foreach (PointBlock block in set.Blocks.AsSpan(method.FirstBlock, method.BlockCount))
            {
                Assert.Equal(offset, block.Start);
                offset += block.Length;
                Assert.All(set.Implying.AsSpan(block.FirstImplying, block.ImplyingCount).ToArray(), implying => Assert.InRange(implying, 0, method.BlockCount - 1));
                Assert.True(block.Point < 0 || set.Pcs[block.Point] - method.Rva < method.CodeSize);
            }

            Assert.Equal(method.CodeSize, offset);
        }

        Assert.Equal(set.PointCount, set.CoveredBlocks(Enumerable.Repeat((byte)1, set.PointCount).ToArray()).Length - set.Blocks.Count(block => block.Point < 0));
    }
}
