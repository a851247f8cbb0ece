using System.Runtime.InteropServices;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Trace;

/// <summary>Room for the events of one thread: zeroed, at one address for good, usable from its start on in growing part.</summary>
internal abstract unsafe class TraceMemory
{
    private const long FirstPart = 64 * 1024;

    protected TraceMemory(byte* start, long size)
    {
        Start = start;
        Size = size;
    }

    public byte* Start { get; }

    /// <summary>Bytes that it may grow to.</summary>
    public long Size { get; }

    /// <summary>Bytes that may be written now.</summary>
    public long Usable { get; private set; }

    /// <summary>Doubles the part that may be written; false at the end, or where there is no room.</summary>
    public bool Grow()
    {
        long wanted = Math.Min(Usable == 0 ? FirstPart : Usable * 2, Size);
        if (wanted == Usable || !TryMakeUsable(wanted))
        {
            return false;
        }

        Usable = wanted;
        return true;
    }

    protected abstract bool TryMakeUsable(long length);

    /// <summary>Takes memory, or a file where a path is given, so that the events outlive the process whatever its end.</summary>
    /// <exception cref="IOException">There are no addresses, or the file cannot be made or mapped.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory.</exception>
    public static TraceMemory Take(long size, string? path) =>
        path is null ? new PrivateMemory(size) : TraceFileMemory.Create(path, size);

    /// <summary>Memory of the process alone; the system gives pages as they are written.</summary>
    private sealed class PrivateMemory(long size) : TraceMemory((byte*)Reserve(size), size)
    {
        protected override bool TryMakeUsable(long length) => true;

        private static nint Reserve(long size)
        {
            if (!OperatingSystem.IsLinux())
            {
                return (nint)NativeMemory.AllocZeroed((nuint)size);
            }

            nint address = Libc.Map(
                0, (nuint)size, Libc.ProtReadWrite, Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve, -1, 0);
            return address != Libc.MapFailed ? address : throw new IOException($"no addresses for {size} bytes of trace");
        }
    }
}
