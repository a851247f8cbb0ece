using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Supervision.Platform;

/// <summary>Mappings of files, as .NET does not offer them.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxPages
{
    private const int ReadWrite = 3;
    private const int SharedFixed = 0x11;
    private const int DoFork = 11;

    public static bool Replace(nint address, long length, SafeFileHandle file, long offset) =>
        Map(address, (nuint)length, ReadWrite, SharedFixed, (int)file.DangerousGetHandle(), offset) == address;

    public static void KeepInChildren(nint address, long length) => _ = Advise(address, (nuint)length, DoFork);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);
}
