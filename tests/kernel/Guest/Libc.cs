using System.Runtime.InteropServices;

namespace Edgewise.Tests.Kernel.Guest;

/// <summary>System calls that are traced, and those that a first process makes. They are called as they are, so that a trace has nothing of .NET's in it.</summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0, WriteOnly = 1, Create = 0x40, ReadableMemory = 1, WritableMemory = 2, Private = 2, Anonymous = 0x20, Populate = 0x8000, NotForChildren = 10;

    public static ReadOnlySpan<byte> ProcMaps => "/proc/self/maps\0"u8;

    [LibraryImport("libc")]
    public static partial int open(byte* path, int flags, int mode);

    [LibraryImport("libc")]
    public static partial nint read(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc")]
    public static partial nint write(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc")]
    public static partial int close(int descriptor);

    [LibraryImport("libc")]
    public static partial int unlink(byte* path);

    [LibraryImport("libc")]
    public static partial nint getdents64(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc")]
    public static partial int pipe(int* ends);

    [LibraryImport("libc")]
    public static partial byte* mmap(byte* address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc")]
    public static partial int munmap(byte* address, nint length);

    [LibraryImport("libc")]
    public static partial int mprotect(byte* address, nint length, int protection);

    [LibraryImport("libc")]
    public static partial int madvise(byte* address, nint length, int advice);

    [LibraryImport("libc")]
    public static partial int fork();

    [LibraryImport("libc")]
    public static partial void _exit(int code);

    [LibraryImport("libc")]
    public static partial int waitpid(int process, int* status, int options);

    [LibraryImport("libc")]
    public static partial int posix_spawn(int* process, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    public static partial int getppid();

    [LibraryImport("libc")]
    public static partial int epoll_create1(int flags);

    [LibraryImport("libc")]
    public static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* what);

    [LibraryImport("libc")]
    public static partial int epoll_wait(int epoll, byte* events, int most, int milliseconds);

    [LibraryImport("libc")]
    public static partial int eventfd(uint value, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mount(string source, string target, string type, nuint flags, string data);

    [LibraryImport("libc")]
    public static partial int tcgetattr(int descriptor, byte* settings);

    [LibraryImport("libc")]
    public static partial void cfmakeraw(byte* settings);

    [LibraryImport("libc")]
    public static partial int tcsetattr(int descriptor, int when, byte* settings);

    [LibraryImport("libc")]
    public static partial int tcdrain(int descriptor);

    [LibraryImport("libc")]
    public static partial void sync();

    [LibraryImport("libc")]
    public static partial int reboot(int how);
}
