using Edgewise.Tests.Kernel.Conformance;

namespace Edgewise.Tests.Kernel.Guest;

/// <summary>Pieces of work that are traced: a few system calls each, with memory that was touched before.</summary>
internal static unsafe class Work
{
    private const int BufferBytes = 1 << 16, Megabyte = 1 << 20, PipeRounds = 16, PipeBytes = 4096;

    private static readonly byte* Buffer = Touched();
    private static readonly byte* Program = Text("/bin/nothing\0"u8), Kallsyms = Text("/proc/kallsyms\0"u8), Temporary = Text("/tmp/file\0"u8), Proc = Text("/proc\0"u8), Maps = Text(Libc.ProcMaps);
    private static readonly byte** Arguments = ArgumentsOf(Program);

    /// <summary>All that traces are stored of, in their order.</summary>
    public static IReadOnlyList<(string Name, Action Do)> All { get; } =
    [
        (KernelWork.OneRead, OneRead),
        ("getppid", () => _ = Libc.getppid()),
        (KernelWork.Some, () => _ = Libc.close(Libc.open(Maps, Libc.ReadOnly, 0))),
        (KernelWork.Many, () => ReadAll(Maps)),
        ("readdir /proc", ReadFolder),
        ("pipe 16x4K", Pipe),
        ("epoll+eventfd", Epoll),
        ("tmpfs write 1M", WriteFile),
        ("mmap+mprotect+munmap", Protect),
        ("fork+wait", Fork),
        ("vfork+exec", Spawn),
        ("mmap populate 64M", () => Populate(64)),
        ("mmap populate 256M", () => Populate(256)),
        ("read /proc/kallsyms", () => ReadAll(Kallsyms)),
    ];

    /// <summary>Does the work of a name.</summary>
    public static void Perform(string name)
    {
        if (name == KernelWork.ManyElsewhere)
        {
            KernelLab.OnOtherThread(() =>
            {
                ReadAll(Maps);
                return 0;
            });
            return;
        }

        All.First(work => work.Name == name).Do();
    }

    private static void OneRead() => _ = Libc.read(-1, null, 0);

    private static void ReadAll(byte* path)
    {
        int file = Libc.open(path, Libc.ReadOnly, 0);
        while (Libc.read(file, Buffer, BufferBytes) > 0)
        {
        }

        _ = Libc.close(file);
    }

    private static void ReadFolder()
    {
        int folder = Libc.open(Proc, Libc.ReadOnly, 0);
        while (Libc.getdents64(folder, Buffer, BufferBytes) > 0)
        {
        }

        _ = Libc.close(folder);
    }

    private static void Pipe()
    {
        int* ends = stackalloc int[2];
        _ = Libc.pipe(ends);
        for (int i = 0; i < PipeRounds; i++)
        {
            _ = Libc.write(ends[1], Buffer, PipeBytes);
            _ = Libc.read(ends[0], Buffer, PipeBytes);
        }

        _ = Libc.close(ends[0]);
        _ = Libc.close(ends[1]);
    }

    private static void Epoll()
    {
        const int add = 1, readable = 1;
        byte* interest = stackalloc byte[12];
        *(int*)interest = readable;
        int epoll = Libc.epoll_create1(0), counter = Libc.eventfd(1, 0);
        _ = Libc.epoll_ctl(epoll, add, counter, interest);
        _ = Libc.epoll_wait(epoll, Buffer, 1, 0);
        _ = Libc.read(counter, Buffer, sizeof(ulong));
        _ = Libc.close(counter);
        _ = Libc.close(epoll);
    }

    private static void WriteFile()
    {
        int file = Libc.open(Temporary, Libc.WriteOnly | Libc.Create, 0x180);
        for (int written = 0; written < Megabyte; written += BufferBytes)
        {
            _ = Libc.write(file, Buffer, BufferBytes);
        }

        _ = Libc.close(file);
        _ = Libc.unlink(Temporary);
    }

    private static void Protect()
    {
        byte* memory = Libc.mmap(null, Megabyte, Libc.ReadableMemory | Libc.WritableMemory, Libc.Private | Libc.Anonymous, -1, 0);
        memory[0] = 1;
        _ = Libc.mprotect(memory, Megabyte / 2, Libc.ReadableMemory);
        _ = Libc.munmap(memory, Megabyte);
    }

    // The child does nothing but end: it has only this thread of the runtime's.
    private static void Fork()
    {
        int child = Libc.fork();
        if (child == 0)
        {
            Libc._exit(0);
        }

        int status = 0;
        _ = Libc.waitpid(child, &status, 0);
    }

    private static void Spawn()
    {
        int child = 0, status = 0;
        _ = Libc.posix_spawn(&child, Program, null, null, Arguments, Arguments + 1);
        _ = Libc.waitpid(child, &status, 0);
    }

    private static void Populate(int megabytes)
    {
        nint length = (nint)megabytes * Megabyte;
        _ = Libc.munmap(Libc.mmap(null, length, Libc.ReadableMemory | Libc.WritableMemory, Libc.Private | Libc.Anonymous | Libc.Populate, -1, 0), length);
    }

    private static byte* Touched()
    {
        byte* buffer = Libc.mmap(null, BufferBytes, Libc.ReadableMemory | Libc.WritableMemory, Libc.Private | Libc.Anonymous, -1, 0);
        new Span<byte>(buffer, BufferBytes).Fill(1);
        return buffer;
    }

    private static byte* Text(ReadOnlySpan<byte> text)
    {
        byte* copy = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)text.Length);
        text.CopyTo(new Span<byte>(copy, text.Length));
        return copy;
    }

    private static byte** ArgumentsOf(byte* program)
    {
        byte** arguments = (byte**)System.Runtime.InteropServices.NativeMemory.AllocZeroed(2, (nuint)sizeof(byte*));
        arguments[0] = program;
        return arguments;
    }
}
