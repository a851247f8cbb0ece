using System.Globalization;
using System.Text;
using Edgewise.Runtime.Formats;

namespace Edgewise.Corpus;

/// <summary>Keeps a second process out of a folder for as long as this one lives. The operating system lets it go when the process ends, whatever its end.</summary>
internal sealed class FolderLock : IDisposable
{
    // EWOULDBLOCK of Linux and macOS, and ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Locks a folder.</summary>
    /// <param name="folder">The folder that is locked, for messages.</param>
    /// <param name="state">A folder for the lock's files; it is there.</param>
    /// <exception cref="CorpusException">Another process has it; the message names that.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The files may not be written.</exception>
    public static FolderLock Take(string folder, string state)
    {
        string path = Path.Combine(state, "lock");

        // The name of the owner stands in a file of its own: this one cannot be read while it is locked.
        string owner = Path.Combine(state, "owner");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException failure) when (Locked.Contains(failure.HResult))
        {
            throw new CorpusException($"{folder}: in use by {Owner(owner)}; expected a folder of this campaign alone", failure);
        }

        AtomicFile.Write(owner, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        return new FolderLock(file);
    }

    /// <summary>Lets it go.</summary>
    public void Dispose() => _file.Dispose();

    private static string Owner(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out int process) ? $"process {process}" : "another process";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It took the lock a moment ago and has not said its name yet.
            return "another process";
        }
    }
}
