using System.Runtime.InteropServices;

namespace Edgewise.Native.Platform;

/// <summary>The loader of ELF systems, with what <see cref="NativeLibrary"/> leaves out: whose symbols later objects see.</summary>
internal static partial class DynamicLoader
{
    /// <summary>Stands for all that is loaded globally, where a handle is expected.</summary>
    public const nint Everything = 0;

    private const int Now = 2;
    private const int Global = 0x100;

    /// <summary>Loads an object with everything that it needs.</summary>
    /// <param name="path">Path of the object.</param>
    /// <param name="isGlobal">Its symbols are for objects that are loaded later.</param>
    /// <param name="failure">What the loader says where it fails.</param>
    /// <returns>A handle, or 0.</returns>
    public static nint Open(string path, bool isGlobal, out string failure)
    {
        nint handle = OpenObject(path, isGlobal ? Now | Global : Now);
        failure = handle == 0 ? Marshal.PtrToStringUTF8(LastError()) ?? "unknown error" : "";
        return handle;
    }

    [LibraryImport("libc", EntryPoint = "dlsym", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Symbol(nint handle, string name);

    [LibraryImport("libc", EntryPoint = "dlclose")]
    public static partial int Close(nint handle);

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenObject(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    private static partial nint LastError();
}
