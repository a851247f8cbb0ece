using System.Runtime.InteropServices;
using Edgewise.Runtime;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Trace;

namespace Edgewise.Bench.Overhead;

/// <summary>
/// The host of the benchmarks: gives each module zeroed memory below 2 GiB, as the coverage map has where the system allows,
/// and remembers whose it is. It gives each thread room for 4 MiB of events, over and over, and all a set of calls.
/// </summary>
/// <remarks>Memory comes from one mapping that is never unmapped. Not the Runtime's map, so that its bookkeeping does not grow by every variant.</remarks>
internal static unsafe partial class LowMemoryHost
{
    private const int Size = 64 << 20;
    private const int ReadWrite = 3;
    private const int PrivateAnonymousBelow2GiB = 0x02 | 0x20 | 0x40;

    private const int TracedEvents = 1 << 20;

    // A line of its own for every slice: two variants never wait for each other's lines.
    private const int Alignment = 128;

    private static readonly nint Start = Reserve();
    private static readonly Dictionary<nint, int> Lengths = [];
    private static readonly nint Calls = CallPairs.Allocate();
    private static readonly uint* Limit = NewLimit();
    private static int _used;

    /// <summary>Publishes the registration delegate; modules loaded from now on take their memory here.</summary>
    public static void Install() =>
        AppContext.SetData(Registration.Key, (Func<RuntimeTypeHandle, long, int, int, nint>)Register);

    /// <summary>The memory that begins at an address, or an empty slice where it was not given out here.</summary>
    public static Timing.CounterSlice Slice(nint address) =>
        Lengths.TryGetValue(address, out int length) ? new(address, length) : default;

    /// <summary>Zeroed memory of a peer's probe.</summary>
    public static nint Allocate(int bytes)
    {
        nint address = Start + _used;
        _used += (Math.Max(1, bytes) + Alignment - 1) & -Alignment;
        if (_used > Size)
        {
            throw new InvalidOperationException($"the variants need more than {Size >> 20} MiB of counters");
        }

        Lengths[address] = bytes;
        return address;
    }

    private static nint Register(RuntimeTypeHandle holder, long value, int kind, int points) => kind switch
    {
        (int)RegistrationKind.Counters or (int)RegistrationKind.Flags or (int)RegistrationKind.Compares => Allocate(points),
        (int)RegistrationKind.Guards => Allocate(points * sizeof(uint)),
        (int)RegistrationKind.FirstPoint => Allocate(points) - Start,
        (int)MapRequest.Start => Start,
        (int)MapRequest.Limit => (nint)Limit,
        (int)MapRequest.TraceCursor => (nint)Rewind((TraceCursor*)(nint)value),
        (int)MapRequest.CallPairs => Calls,
        _ => 0,
    };

    // A thread's events go round in memory that they fill again and again: what is measured is that they are written, not that memory ends.
    private static TraceCursor* Rewind(TraceCursor* cursor)
    {
        if (cursor == null)
        {
            cursor = (TraceCursor*)NativeMemory.AllocZeroed((nuint)sizeof(TraceCursor));
            cursor->End = (uint*)NativeMemory.AllocZeroed(TracedEvents, sizeof(uint)) + TracedEvents;
        }

        cursor->Next = cursor->End - TracedEvents;
        return cursor;
    }

    private static uint* NewLimit()
    {
        uint* limit = (uint*)NativeMemory.Alloc(sizeof(uint));
        *limit = Size;
        return limit;
    }

    private static nint Reserve()
    {
        if (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            nint address = Map(0, Size, ReadWrite, PrivateAnonymousBelow2GiB, -1, 0);
            if (address is not 0 and not -1)
            {
                return address;
            }
        }

        return (nint)NativeMemory.AlignedAlloc(Size, 4096) is var memory && memory != 0
            ? Zeroed(memory)
            : throw new InvalidOperationException("no memory for counters");
    }

    private static nint Zeroed(nint memory)
    {
        NativeMemory.Clear((void*)memory, Size);
        return memory;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);
}
