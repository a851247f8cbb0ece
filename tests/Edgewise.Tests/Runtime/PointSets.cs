using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Runtime;

/// <summary>Point sets to test with: all kinds of blocks, in the proportions that real assemblies show.</summary>
internal static class PointSets
{
    public static PointSet Small { get; } = Random(methodCount: 12, seed: 1);

    public static PointSet Random(int methodCount, int seed, string name = "Sample.dll")
    {
        var random = new Random(seed);
        var methods = new List<PointMethod>();
        var blocks = new List<PointBlock>();
        var implying = new List<int>();
        var pcs = new List<int>();
        var kinds = new List<PointKind>();
        int row = 0, rva = 0x2050;
        for (int m = 0; m < methodCount; m++)
        {
            row += 1 + (random.Next(8) == 0 ? random.Next(300) : 0);
            rva += random.Next(10) == 0 ? random.Next(-100, 5000) : 12;
            rva = Math.Max(rva, 0);
            int blockCount = 1 + random.Next(random.Next(10) == 0 ? 300 : 6);
            int firstBlock = blocks.Count, firstPoint = pcs.Count, offset = 0;
            for (int b = 0; b < blockCount; b++)
            {
                bool edge = b > 0 && random.Next(5) == 0;
                int length = edge ? 0 : 2 + random.Next(random.Next(20) == 0 ? 500 : 20);
                int form = random.Next(10);
                if (form < 6)
                {
                    int pc = edge ? offset - 1 : form == 0 ? offset + 1 : offset;
                    blocks.Add(new PointBlock(offset, length, pcs.Count, 0, 0));
                    pcs.Add(rva + pc);
                    kinds.Add(edge ? PointKind.Edge : b == 0 ? PointKind.Entry : PointKind.Block);
                }
                else
                {
                    int count = form == 6 ? 0 : 1 + random.Next(Math.Min(3, blockCount));
                    blocks.Add(new PointBlock(offset, length, -1, count == 0 ? 0 : implying.Count, count));
                    for (int i = 0; i < count; i++)
                    {
                        implying.Add(random.Next(blockCount));
                    }
                }

                offset += length;
            }

            methods.Add(new PointMethod(
                0x06000000 | row, rva, offset, firstBlock, blockCount, firstPoint, pcs.Count - firstPoint));
            rva += offset;
        }

        byte[] hash = new byte[32];
        random.NextBytes(hash);
        return new PointSet
        {
            ModuleName = name,
            OriginalHash = hash,
            Level = InstrumentationLevel.Edge,
            Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.PcTable,
            Pruning = Pruning.Exact,
            EntryPruned = false,
            SelectionHash = [],
            Methods = [.. methods],
            Blocks = [.. blocks],
            Implying = [.. implying],
            Pcs = [.. pcs],
            Kinds = [.. kinds],
        };
    }

    /// <summary>One method of equal blocks, each with a point at its start.</summary>
    public static PointSet Plain(int blockCount, string name = "Plain.dll", byte hash = 0xAB) => new()
    {
        ModuleName = name,
        OriginalHash = [.. Enumerable.Repeat(hash, 32)],
        Level = InstrumentationLevel.Edge,
        Features = CoverageFeatures.Inline8BitCounters,
        Pruning = Pruning.None,
        EntryPruned = false,
        SelectionHash = [],
        Methods = [new PointMethod(0x06000001, 0x2050, blockCount * 10, 0, blockCount, 0, blockCount)],
        Blocks = [.. Enumerable.Range(0, blockCount).Select(i => new PointBlock(i * 10, 10, i, 0, 0))],
        Implying = [],
        Pcs = [.. Enumerable.Range(0, blockCount).Select(i => 0x2050 + (i * 10))],
        Kinds = [.. Enumerable.Range(0, blockCount).Select(i => i == 0 ? PointKind.Entry : PointKind.Block)],
    };

    public static void AssertEqual(PointSet expected, PointSet actual)
    {
        Assert.Equal(expected.ModuleName, actual.ModuleName);
        Assert.Equal(expected.OriginalHash, actual.OriginalHash);
        Assert.Equal(
            (expected.Level, expected.Features, expected.Pruning, expected.EntryPruned),
            (actual.Level, actual.Features, actual.Pruning, actual.EntryPruned));
        Assert.Equal(expected.SelectionHash, actual.SelectionHash);
        Assert.Equal(expected.Methods, actual.Methods);
        Assert.Equal(expected.Blocks, actual.Blocks);
        Assert.Equal(expected.Implying, actual.Implying);
        Assert.Equal(expected.Pcs, actual.Pcs);
        Assert.Equal(expected.Kinds, actual.Kinds);
    }
}
