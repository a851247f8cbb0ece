using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Supervision.Platform;

/// <summary>Puts other files in place of the standard streams of this process.</summary>
[SupportedOSPlatform("linux")]
internal static partial class StandardStreams
{
    /// <summary>From now on standard input is empty; streams that were opened before keep what they had.</summary>
    public static void CloseInput()
    {
        using SafeFileHandle empty = File.OpenHandle("/dev/null");
        _ = Duplicate((int)empty.DangerousGetHandle(), 0);
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int over);
}
