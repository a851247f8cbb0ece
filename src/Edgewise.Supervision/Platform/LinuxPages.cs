using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Supervision.Platform;

/// <summary>Replaces pages of this process by pages of a file, at the same addresses.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxPages
{
    private const int ReadWrite = 3;
    private const int SharedFixed = 0x11;

    public static bool Replace(nint address, long length, SafeFileHandle file, long offset) =>
        Map(address, (nuint)length, ReadWrite, SharedFixed, (int)file.DangerousGetHandle(), offset) == address;

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);
}
