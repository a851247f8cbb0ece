using System.Runtime.InteropServices;

namespace Edgewise.Examples.Kcov;

/// <summary>The system call that is traced.</summary>
internal static unsafe partial class Call
{
    /// <summary>Reads from a descriptor that is none.</summary>
    public static void ReadNothing() => _ = Read(-1, null, 0);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, byte* buffer, nint length);
}
