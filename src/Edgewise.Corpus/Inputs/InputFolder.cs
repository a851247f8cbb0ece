using System.IO.Enumeration;

namespace Edgewise.Corpus.Inputs;

/// <summary>Lists and reads the inputs in folders of any origin: a corpus, one of libFuzzer or AFL, a folder with samples.</summary>
/// <remarks>Folders below are read too. Names that begin with a dot are left out, as are links to folders, which might lead in circles.</remarks>
public static class InputFolder
{
    /// <summary>Bytes of the largest input that is read where nothing else is said.</summary>
    public const int UsualLargest = 1 << 30;

    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Lists the files of a folder, or the one file that is named, by path.</summary>
    /// <exception cref="CorpusException">It is not there, or cannot be read.</exception>
    public static List<InputFile> List(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (File.Exists(path))
            {
                return [new InputFile(path, new FileInfo(path).Length)];
            }

            if (!Directory.Exists(path))
            {
                throw new CorpusException($"{path}: not found; expected a folder with inputs, or an input");
            }

            // The path as the user wrote it: what was made of it by the system would not be recognised in messages.
            List<InputFile> files = [.. new FileSystemEnumerable<InputFile>(path, static (ref FileSystemEntry entry) => new InputFile(entry.ToSpecifiedFullPath(), entry.Length), All)
            {
                ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && !entry.FileName.StartsWith('.'),
                ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.FileName.StartsWith('.') && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            }];
            files.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
            return files;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{path}: its inputs cannot be listed: {failure.Message}", failure);
        }
    }

    /// <summary>Reads an input.</summary>
    /// <param name="file">The file, as it was listed.</param>
    /// <param name="largest">Bytes of the largest input to read.</param>
    /// <param name="skipped">Why it is not read; null if it is.</param>
    /// <returns>The content; null if it is left out.</returns>
    public static byte[]? Read(InputFile file, int largest, out SkippedInput? skipped)
    {
        skipped = null;
        if (file.Size == 0)
        {
            // Also a pipe or a device, which might have no end.
            return [];
        }

        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(file.Path);
            long size = RandomAccess.GetLength(handle);
            if (size > largest)
            {
                skipped = new SkippedInput(file.Path, $"{size} bytes; expected at most {largest}");
                return null;
            }

            byte[] content = GC.AllocateUninitializedArray<byte>((int)size);
            int read = 0;
            while (read < content.Length && RandomAccess.Read(handle, content.AsSpan(read), read) is int more and > 0)
            {
                read += more;
            }

            return read == content.Length ? content : content[..read];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            skipped = new SkippedInput(file.Path, $"cannot be read: {failure.Message}");
            return null;
        }
    }
}
