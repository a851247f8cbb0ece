using System.Globalization;

namespace Edgewise.Runtime.Formats;

/// <summary>Writes a file under a temporary name beside it and renames that, so that no reader sees half of one.</summary>
public static class AtomicFile
{
    private static int _serial;

    /// <summary>Writes or replaces a file.</summary>
    /// <exception cref="IOException">It cannot be written; nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; nothing is left behind.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = string.Create(
            CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _serial)}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(content);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to tell; a file that cannot be made often cannot be deleted either.
        }
    }
}
