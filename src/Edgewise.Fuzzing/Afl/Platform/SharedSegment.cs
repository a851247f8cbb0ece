using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Edgewise.Fuzzing.Afl.Platform;

/// <summary>A segment of System V's shared memory, which one of AFL++'s tools made and removes.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class SharedSegment
{
    private const int Replace = 0x4000;
    private const int Status = 2;
    private const int DescriptionSize = 256;
    private const int PermissionsSize = 48;

    private static readonly nint Failed = -1;

    /// <summary>Maps a segment.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="over">Where to, in place of what is mapped there; 0 for anywhere.</param>
    /// <exception cref="IOException">It is gone, or may not be used.</exception>
    public static nint Attach(int id, nint over = 0)
    {
        nint address = At(id, over, over == 0 ? 0 : Replace);
        return address != Failed ? address
            : throw new IOException($"shared memory segment {id} cannot be mapped: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    /// <summary>Bytes of a segment.</summary>
    /// <exception cref="IOException">It is gone, or may not be used.</exception>
    public static long SizeOf(int id)
    {
        // On 64 bits the size stands behind the permissions in what the system tells.
        byte* description = stackalloc byte[DescriptionSize];
        return Control(id, Status, description) == 0 ? *(long*)(description + PermissionsSize)
            : throw new IOException($"shared memory segment {id}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    [LibraryImport("libc", EntryPoint = "shmat", SetLastError = true)]
    private static partial nint At(int id, nint address, int flags);

    [LibraryImport("libc", EntryPoint = "shmctl", SetLastError = true)]
    private static partial int Control(int id, int command, void* description);
}
