using System.Runtime.InteropServices;

namespace Edgewise.Kernel.Device.Platform;

/// <summary>The system calls of the Linux that this process runs on.</summary>
public sealed unsafe partial class LinuxCalls : IKernelCalls
{
    private const int ReadWrite = 2, ProtectRead = 1, ProtectWrite = 2, MapShared = 1;

    private LinuxCalls() { }

    /// <summary>The one instance; it has no state.</summary>
    public static LinuxCalls Instance { get; } = new();

    /// <inheritdoc/>
    public int Open(string path) => Answer(OpenFile(path, ReadWrite));

    /// <inheritdoc/>
    public int Control(int descriptor, ulong request, ulong argument) => Answer(ControlDevice(descriptor, (nuint)request, (nuint)argument));

    /// <inheritdoc/>
    public int Control(int descriptor, ulong request, ReadOnlySpan<byte> argument)
    {
        fixed (byte* bytes = argument)
        {
            return Answer(ControlDevice(descriptor, (nuint)request, (nuint)bytes));
        }
    }

    /// <inheritdoc/>
    public long Map(int descriptor, long offset, long length, bool isWritable)
    {
        nint address = MapMemory(0, (nuint)length, isWritable ? ProtectRead | ProtectWrite : ProtectRead, MapShared, descriptor, (nint)offset);
        return address == -1 ? -Marshal.GetLastPInvokeError() : address;
    }

    /// <inheritdoc/>
    public int Unmap(long address, long length) => Answer(UnmapMemory((nint)address, (nuint)length));

    /// <inheritdoc/>
    public int Close(int descriptor) => Answer(CloseFile(descriptor));

    private static int Answer(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    // ioctl takes its last argument as printf does; on x86-64 and AArch64 of Linux that is the way of any other argument.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlDevice(int descriptor, nuint request, nuint argument);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int UnmapMemory(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int descriptor);
}
