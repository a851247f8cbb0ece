using System.Diagnostics;
using Edgewise.Showmap.Platform;

namespace Edgewise.Bench.Showmap;

/// <summary>What the system takes for files, with nothing else done: the bound of whoever reads a corpus or writes a file an entry.</summary>
internal static class PlainFiles
{
    /// <summary>Seconds to read each file of a folder.</summary>
    public static double Read(string folder)
    {
        string[] files = Directory.GetFiles(folder);
        long start = Stopwatch.GetTimestamp();
        foreach (string file in files)
        {
            _ = PlainFile.TryRead(file);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Seconds to write the files below a folder once more, each under another name first and then renamed.</summary>
    /// <param name="folder">The files.</param>
    /// <param name="copy">A folder on the same file system, which is not there.</param>
    public static double Write(string folder, string copy)
    {
        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        byte[][] contents = [.. files.Select(File.ReadAllBytes)];
        string[] paths = [.. files.Select(file => Path.Combine(copy, Path.GetFileName(file)))];
        string temporary = Path.Combine(Directory.CreateDirectory(copy + ".temporary").FullName, "a");
        Directory.CreateDirectory(copy);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < paths.Length; i++)
        {
            if (!PlainFile.TryWrite(paths[i], temporary, contents[i], replaces: false))
            {
                throw new IOException($"{paths[i]}: could not be written");
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
