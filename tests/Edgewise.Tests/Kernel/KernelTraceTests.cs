using Edgewise.Kernel;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Machine;
using Edgewise.Kernel.Modes;
using Edgewise.Kernel.Traces;
using Edgewise.Tests.Kernel.Conformance;

namespace Edgewise.Tests.Kernel;

public sealed class KernelTraceTests
{
    private static readonly Lazy<IReadOnlyList<KernelTrace>> Pcs = new(() => KernelTraceReader.Read(RecordedKernel.PathOf("pcs.traces.gz")));
    private static readonly Lazy<IReadOnlyList<KernelTrace>> Compares = new(() => KernelTraceReader.Read(RecordedKernel.PathOf("compares.traces.gz")));

    /// <summary>Functions that each piece of work must have run.</summary>
    public static TheoryData<string, string[]> Work => new()
    {
        { "read(-1)", ["__x64_sys_read", "ksys_read", "__fdget_pos"] },
        { "getppid", ["__x64_sys_getppid"] },
        { "open+close /proc/self/maps", ["do_sys_openat2", "path_openat", "pid_maps_open", "__x64_sys_close"] },
        { "read /proc/self/maps", ["vfs_read", "seq_read_iter", "show_map"] },
        { "readdir /proc", ["__x64_sys_getdents64", "iterate_dir", "proc_pid_readdir"] },
        { "pipe 16x4K", ["do_pipe2", "pipe_write", "pipe_read"] },
        { "epoll+eventfd", ["do_epoll_ctl", "eventfd_poll", "eventfd_read"] },
        { "tmpfs write 1M", ["ksys_write", "shmem_write_begin", "vfs_unlink"] },
        { "mmap+mprotect+munmap", ["do_mmap", "mprotect_fixup", "__vm_munmap"] },
        { "fork+wait", ["kernel_clone", "copy_process", "copy_page_range", "kernel_wait4"] },
        { "vfork+exec", ["kernel_clone", "copy_process", "kernel_wait4"] },
        { "mmap populate 64M", ["__mm_populate", "populate_vma_page_range", "handle_mm_fault"] },
        { "mmap populate 256M", ["__mm_populate", "populate_vma_page_range", "handle_mm_fault"] },
        { "read /proc/kallsyms", ["vfs_read", "seq_read_iter", "s_show"] },
    };

    [Theory]
    [MemberData(nameof(Work))]
    public void PCs_are_in_the_functions_of_the_call(string name, string[] functions)
    {
        RecordedKernel.Tell();
        ulong[] pcs = UniqueRecords.Pcs(Pcs.Value.Single(trace => trace.Name == name).Pcs);

        HashSet<string> ran = [.. NamesOf(pcs)];

        Assert.Empty(functions.Except(ran));
    }

    [Fact]
    public void A_program_is_traced_from_execve_to_its_end()
    {
        RecordedKernel.Tell();
        IReadOnlyList<KernelTrace> traces = KernelTraceReader.Read(RecordedKernel.PathOf("programs.traces.gz"));
        KernelTrace pcs = traces.Single(trace => !trace.IsCompares);
        HashSet<string> ran = [.. NamesOf(UniqueRecords.Pcs(pcs.Pcs))];

        Assert.Equal("run nothing", pcs.Name);
        Assert.Empty(((string[])["__x64_sys_execve", "begin_new_exec", "load_elf_binary", "__x64_sys_read", "ksys_read", "__x64_sys_exit", "do_exit"]).Except(ran));
        Assert.StartsWith("__x64_sys_execve", NamesOf([pcs.Pcs[0]])[0], StringComparison.Ordinal);
        Assert.NotEmpty(traces.Single(trace => trace.IsCompares).Compares);
    }

    [Fact]
    public void A_read_of_no_descriptor_has_ten_PCs_and_four_compares_in_a_process_of_several_threads()
    {
        KernelTrace pcs = Pcs.Value.Single(trace => trace.Name == KernelWork.OneRead), compares = Compares.Value.Single(trace => trace.Name == KernelWork.OneRead);

        Assert.Equal(10ul, pcs.TotalEvents);
        Assert.Equal([5ul, 4, 7, 7], compares.Compares.Select(compare => compare.Type));
        Assert.Equal([4, 4, 8, 8], compares.Compares.Select(compare => compare.Size));
        Assert.Equal([true, false, true, true], compares.Compares.Select(compare => compare.HasConstant));
    }

    [Fact]
    public void Unique_PCs_are_what_sorting_leaves_of_the_whole_trace()
    {
        Assert.All(Pcs.Value, trace =>
        {
            ulong[] sorted = [.. trace.Pcs];
            Array.Sort(sorted);
            int count = 0;
            for (int i = 0; i < sorted.Length; i++)
            {
                if (i == 0 || sorted[i] != sorted[i - 1])
                {
                    sorted[count++] = sorted[i];
                }
            }

            ulong[] unique = UniqueRecords.Pcs(trace.Pcs);
            Assert.Equal(sorted[..count], unique.Order());
            Assert.Equal(trace.Pcs[0], unique[0]);
        });
    }

    [Fact]
    public void Unique_edges_are_the_pairs_of_neighbours()
    {
        Assert.All(Pcs.Value, trace =>
        {
            SortedSet<(ulong, ulong)> pairs = [(0, trace.Pcs[0])];
            for (int i = 1; i < trace.Pcs.Length; i++)
            {
                pairs.Add((trace.Pcs[i - 1], trace.Pcs[i]));
            }

            Assert.Equal(pairs, UniqueRecords.Edges(trace.Pcs).Select(edge => (edge.From, edge.To)).Order());
        });
    }

    [Fact]
    public void Unique_compares_differ_in_a_word()
    {
        Assert.All(Compares.Value, trace =>
        {
            HashSet<string> texts = [.. trace.Compares.Select(compare => compare.ToString())];

            Assert.Equal(texts.Count, UniqueRecords.Compares(trace.Compares).Length);
        });
    }

    [Fact]
    public void Traces_come_back_as_they_were_written()
    {
        ulong[] pcs = [0, ulong.MaxValue, 1, 0xFFFF_FFFF_8100_0000, 0xFFFF_FFFF_8100_0000];
        KcovCompare[] compares = [new(7, ulong.MaxValue, 0, 5), new(0, 1, 1ul << 63, 4)];
        using MemoryStream file = new();
        using (KernelTraceWriter writer = new(file))
        {
            writer.Add("a", 9, isLeast: true, pcs);
            writer.Add("é", 2, isLeast: false, compares);
            writer.Add("nothing", 0, isLeast: false, ReadOnlySpan<ulong>.Empty);
        }

        file.Position = 0;
        IReadOnlyList<KernelTrace> read = KernelTraceReader.Read(file, "memory");

        Assert.Equal(["a", "é", "nothing"], read.Select(trace => trace.Name));
        Assert.Equal(pcs, read[0].Pcs);
        Assert.Equal((9ul, true, 5), (read[0].TotalEvents, read[0].IsTotalLeast, read[0].StoredEvents));
        Assert.Equal(compares, read[1].Compares);
        Assert.True(read[1].IsCompares);
        Assert.Equal(0, read[2].StoredEvents);
    }

    [Fact]
    public void A_damaged_file_is_refused_or_read_but_never_fails_otherwise()
    {
        byte[] whole = File.ReadAllBytes(RecordedKernel.PathOf("programs.traces.gz"));
        byte[] plain = Unpacked(whole);
        Random random = new(6);
        int refused = 0, read = 0;
        for (int i = 0; i < 3000; i++)
        {
            // Half of them damaged within the gzip stream, which that notices by itself; half of them in what it packs.
            byte[] damaged = i % 2 == 0 ? Damaged(whole, random) : Packed(Damaged(plain.AsSpan(0, Math.Min(plain.Length, 4000)).ToArray(), random));
            try
            {
                KernelTraceReader.Read(new MemoryStream(damaged), "damaged");
                read++;
            }
            catch (KernelException e)
            {
                Assert.StartsWith("damaged: kernel traces", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(refused > 1000, $"{refused} refused, {read} read");
    }

    private static string[] NamesOf(ulong[] pcs)
    {
        if (RecordedKernel.Image is not { } path)
        {
            return [.. pcs.Select(pc => RecordedKernel.FunctionAt(pc - 1))];
        }

        KernelImage image = KernelImage.Open(path);
        // Both the function and those inlined into it.
        return [.. image.NamesOf([.. pcs.Select(image.PointOf)], []).SelectMany(frames => frames.Reverse().Select(frame => frame.Function))];
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        byte[] damaged = whole[..random.Next(whole.Length / 2, whole.Length + 1)];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return damaged;
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using System.IO.Compression.GZipStream stream = new(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress);
        using MemoryStream plain = new();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Packed(byte[] plain)
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream stream = new(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }
}
