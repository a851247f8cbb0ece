using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Modes;

namespace Edgewise.Tests.Kernel;

public sealed class ProposedModesTests
{
    [Fact]
    public void A_kernel_with_unique_modes_is_asked_for_them()
    {
        using ProposedKernel kernel = new(hasModes: true, hasBitmap: false);
        KernelRecord record = KernelCollector.Collect(
            new ThreadWork(() =>
            {
                kernel.Record(0, 0, 7, 5);
                kernel.Record(1, 0, 70, 50, 30);
            }),
            new CollectionOptions { Modes = KernelModes.UniquePc | KernelModes.UniqueEdge, Calls = kernel });

        Assert.Equal(UniqueMaker.KernelModes, record.UniqueMaker);
        Assert.Equal(6ul, kernel.LastMode);
        Assert.Equal([7ul, 5], record.Pcs);
        Assert.Equal([70ul, 50, 30], record.EdgeWords);
        Assert.Equal([5ul, 7], record.ReachedPcs);
        Assert.Empty(record.Signal);
    }

    [Fact]
    public void A_kernel_with_a_bitmap_is_asked_for_unique_PCs_alone()
    {
        using ProposedKernel kernel = new(hasModes: false, hasBitmap: true);
        KernelRecord record = KernelCollector.Collect(new ThreadWork(() => kernel.Record(0, 4096, 9, 8, 9)), new CollectionOptions { Modes = KernelModes.UniquePc, Calls = kernel });

        Assert.Equal(UniqueMaker.KernelBitmap, record.UniqueMaker);
        Assert.Equal(4096ul, kernel.LastMode);
        Assert.Equal([9ul, 8], record.Pcs);
        Assert.Equal(65536 - 4096 - 1, record.Capacity);

        KernelRecord edges = KernelCollector.Collect(new ThreadWork(() => kernel.Record(0, 0, 9, 8, 9)), new CollectionOptions { Modes = KernelModes.UniqueEdge, Calls = kernel });

        Assert.Equal(UniqueMaker.UserSpace, edges.UniqueMaker);
        Assert.Equal([new KernelEdge(0, 9), new KernelEdge(9, 8), new KernelEdge(8, 9)], edges.Edges);
    }

    [Fact]
    public void A_full_bitmap_trace_is_told()
    {
        using ProposedKernel kernel = new(hasModes: false, hasBitmap: true);
        ulong[] all = [.. Enumerable.Range(1, 8192 - 4096 - 1).Select(i => (ulong)i)];
        KernelRecord record = KernelCollector.Collect(new ThreadWork(() => kernel.Record(0, 4096, all)), new CollectionOptions { Modes = KernelModes.UniquePc, Calls = kernel, Words = 512 });

        Assert.True(record.IsFull);
        Assert.Equal(8192, record.Words);
    }
}
