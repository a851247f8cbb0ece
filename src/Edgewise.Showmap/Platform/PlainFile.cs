using System.Runtime.InteropServices;

namespace Edgewise.Showmap.Platform;

/// <summary>Reads and writes small files as a whole with as few system calls as can be: .NET takes locks and asks for sizes, which costs as much as the rest.</summary>
/// <remarks>On Linux for 64 bits, whose numbers stand here. Elsewhere, and where something fails, nothing is done, and the caller goes .NET's own way, which also says what is wrong.</remarks>
internal static unsafe partial class PlainFile
{
    private const int ReadOnly = 0, WriteOnly = 1, Create = 0x40, Exclusive = 0x80, NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const int CurrentFolder = -100;
    private const int UsualMode = 0x1B6;
    private const uint NoReplace = 1;
    private const int BufferSize = 1 << 16;

    [ThreadStatic]
    private static byte[]? _buffer;

    // Musl's symbol came late.
    private static readonly bool Renames = OperatingSystem.IsLinux() && Environment.Is64BitProcess && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "renameat2", out _);

    /// <summary>Reads a file of less than 64 KiB. A pipe does not block it.</summary>
    /// <returns>Null where it is longer, or cannot be read.</returns>
    public static byte[]? TryRead(string path)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return null;
        }

        int file = Open(path, ReadOnly | CloseOnExec | NonBlocking, 0);
        if (file < 0)
        {
            return null;
        }

        byte[] buffer = _buffer ??= new byte[BufferSize];
        int length = 0;
        nint read;
        fixed (byte* start = buffer)
        {
            do
            {
                read = Read(file, start + length, buffer.Length - length);
                length += (int)Math.Max(0, read);
            }
            while (read > 0);
        }

        _ = Close(file);
        return read == 0 && length < buffer.Length ? buffer.AsSpan(0, length).ToArray() : null;
    }

    /// <summary>Writes a file under another name and renames it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="temporary">The other name, on the same file system, which nothing has; where this fails something may.</param>
    /// <param name="content">What it gets.</param>
    /// <param name="replaces">True to replace one that is there.</param>
    /// <returns>False where it could not.</returns>
    public static bool TryWrite(string path, string temporary, ReadOnlySpan<byte> content, bool replaces)
    {
        if (!Renames)
        {
            return false;
        }

        int file = Open(temporary, WriteOnly | Create | Exclusive | CloseOnExec, UsualMode);
        if (file < 0)
        {
            return false;
        }

        bool isWhole;
        fixed (byte* start = content)
        {
            isWhole = Write(file, start, content.Length) == content.Length;
        }

        return Close(file) == 0 && isWhole && Rename(CurrentFolder, temporary, CurrentFolder, path, replaces ? 0 : NoReplace) == 0;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, byte* into, nint count);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, byte* from, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
