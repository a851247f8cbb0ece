using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Runtime.Platform;

/// <summary>Gives a file its blocks before anything maps it: a store into a mapped hole of a full file system ends the process.</summary>
internal static class FileSpace
{
    private const int Interrupted = 4;
    private const int ChunkSize = 64 * 1024;

    /// <summary>Makes the file reach <paramref name="offset"/> + <paramref name="length"/>, that range with blocks of its own; new bytes are zero.</summary>
    /// <exception cref="IOException">The file system has no room, or refuses otherwise.</exception>
    public static void Allocate(SafeFileHandle file, string path, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
        {
            AllocateByCall(file, path, offset, length);
        }
        else
        {
            AllocateByWriting(file, offset, length);
        }
    }

    /// <summary>The portable way: zeros are written where the file does not reach yet.</summary>
    public static void AllocateByWriting(SafeFileHandle file, long offset, long length)
    {
        byte[] zeros = new byte[ChunkSize];
        long end = offset + length;
        for (long position = Math.Max(offset, RandomAccess.GetLength(file)); position < end; position += ChunkSize)
        {
            RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(ChunkSize, end - position)), position);
        }
    }

    [SupportedOSPlatform("linux")]
    private static void AllocateByCall(SafeFileHandle file, string path, long offset, long length)
    {
        int error;
        do
        {
            error = Libc.Allocate((int)file.DangerousGetHandle(), offset, length);
        }
        while (error == Interrupted);

        if (error != 0)
        {
            throw new IOException($"{path}: no room for {length} bytes: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}");
        }
    }
}
