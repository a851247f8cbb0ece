using System.Runtime.InteropServices;

namespace Edgewise.Hosting.Platform;

/// <summary>Makes hard links, which .NET itself does not offer.</summary>
internal static partial class HardLink
{
    /// <summary>Gives an existing file a second name.</summary>
    /// <returns>False where the system refuses: another file system, one without links, or no right to.</returns>
    public static bool TryCreate(string path, string existing) =>
        OperatingSystem.IsWindows() ? CreateHardLink(path, existing, 0) : Link(existing, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string path, string existing, nint securityAttributes);
}
