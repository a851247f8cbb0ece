using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Edgewise.Fuzzing.Afl.Platform;

/// <summary>File descriptors by their numbers, as AFL++'s protocol has them.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class Descriptor
{
    private const int Interrupted = 4;
    private const int GetFlags = 1;
    private const int SetFlags = 2;
    private const int CloseOnExecution = 1;
    private const short HungUp = 0x10;

    /// <summary>True for a descriptor that is open.</summary>
    public static bool IsOpen(int descriptor) => Control(descriptor, GetFlags, 0) >= 0;

    /// <summary>From now on programs that this process starts do not have it.</summary>
    public static void KeepToThisProcess(int descriptor) => _ = Control(descriptor, SetFlags, CloseOnExecution);

    /// <summary>Reads bytes, waiting for all of them.</summary>
    /// <returns>False at the end of the stream.</returns>
    public static bool ReadExactly(int descriptor, void* bytes, int count)
    {
        for (int done = 0; done < count;)
        {
            nint read = Read(descriptor, (byte*)bytes + done, count - done);
            if (read > 0)
            {
                done += (int)read;
            }
            else if (read == 0 || Marshal.GetLastPInvokeError() != Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads what there is, up to a limit, from the start of a file; of a stream, up to its end.</summary>
    /// <returns>Number of bytes.</returns>
    public static int ReadWhole(int descriptor, Span<byte> bytes)
    {
        int done = 0;
        fixed (byte* start = bytes)
        {
            while (done < bytes.Length)
            {
                nint read = ReadAt(descriptor, start + done, bytes.Length - done, done);
                if (read < 0)
                {
                    // A pipe has no places.
                    read = Read(descriptor, start + done, bytes.Length - done);
                }

                if (read > 0)
                {
                    done += (int)read;
                }
                else if (read == 0 || Marshal.GetLastPInvokeError() != Interrupted)
                {
                    break;
                }
            }
        }

        return done;
    }

    /// <summary>Writes bytes, all of them.</summary>
    /// <returns>False where nobody reads them any more.</returns>
    public static bool WriteExactly(int descriptor, void* bytes, int count)
    {
        for (int done = 0; done < count;)
        {
            nint written = Write(descriptor, (byte*)bytes + done, count - done);
            if (written > 0)
            {
                done += (int)written;
            }
            else if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes a pipe that programs started by this process have too.</summary>
    /// <exception cref="IOException">There are no descriptors left.</exception>
    public static (int Read, int Write) MakePipe()
    {
        int* ends = stackalloc int[2];
        return Pipe(ends) == 0 ? (ends[0], ends[1]) : throw new IOException($"no pipe: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    /// <summary>Makes a file in memory, without a name, that programs started by this process have too.</summary>
    /// <exception cref="IOException">There is no memory.</exception>
    public static int MakeMemoryFile(string name, long size)
    {
        int file = CreateMemoryFile(name, 0);
        return file >= 0 && Truncate(file, size) == 0 ? file : throw new IOException($"no memory file: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    /// <summary>Maps a file for reading and writing, shared with all that do so.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static nint Map(int file, long size)
    {
        const int ReadWrite = 3, Shared = 1;
        nint address = Map(0, (nuint)size, ReadWrite, Shared, file, 0);
        return address != -1 ? address : throw new IOException($"a memory file cannot be mapped: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    /// <summary>Waits until one descriptor can be read, the other has lost its writer, or time is up.</summary>
    /// <returns>Whether the first can be read, and whether the second has no writer any more.</returns>
    public static (bool IsReadable, bool IsHungUp) Wait(int readable, int watched, int milliseconds)
    {
        const short Readable = 1;
        Waiting* waiting = stackalloc Waiting[2];
        waiting[0] = new Waiting { Descriptor = readable, Events = Readable, Seen = 0 };
        waiting[1] = new Waiting { Descriptor = watched };
        return Poll(waiting, 2, milliseconds) <= 0 ? default : ((waiting[0].Seen & Readable) != 0, (waiting[1].Seen & HungUp) != 0);
    }

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, void* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint ReadAt(int descriptor, void* bytes, nint count, long offset);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, nint value);

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    private static partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(int descriptor, long size);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Waiting* waiting, nuint count, int milliseconds);

    private struct Waiting
    {
        public int Descriptor;
        public short Events;
        public short Seen;
    }
}
