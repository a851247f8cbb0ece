using System.Globalization;
using System.Text;
using Edgewise.Runtime.Formats;

namespace Edgewise.Corpus.Merging;

/// <summary>
/// The record of a merge in libFuzzer's format, byte for byte, so that one can go on where the other stopped: how many files, how many of them are in the
/// first corpus, their names, then for each file <c>STARTED index size</c>, <c>FT index features…</c> and <c>COV index points…</c>. A file that was started and has
/// no <c>FT</c> is the one at which the process ended.
/// </summary>
public sealed class MergeControlFile
{
    private MergeControlFile(string path, IReadOnlyList<MergeFile> files, int firstCorpusCount)
    {
        Path = path;
        Files = files;
        FirstCorpusCount = firstCorpusCount;
    }

    /// <summary>The control file.</summary>
    public string Path { get; }

    /// <summary>The inputs: those of the first corpus, then the others.</summary>
    public IReadOnlyList<MergeFile> Files { get; }

    /// <summary>How many of the inputs are in the first corpus.</summary>
    public int FirstCorpusCount { get; }

    /// <summary>Index of the first input that was not started; the number of inputs when all were.</summary>
    public int FirstNotStarted { get; private set; }

    /// <summary>The input at which the process ended; null if it ended at none.</summary>
    public MergeFile? LastFailure { get; private set; }

    /// <summary>Begins a merge.</summary>
    /// <param name="path">The control file; replaced if it is there.</param>
    /// <param name="firstCorpus">Files of the corpus that is added to.</param>
    /// <param name="others">Files that may be added.</param>
    /// <exception cref="CorpusException">The file cannot be written, or a name has a line feed, which the format cannot hold.</exception>
    public static MergeControlFile Create(string path, IReadOnlyList<string> firstCorpus, IReadOnlyList<string> others)
    {
        ArgumentNullException.ThrowIfNull(firstCorpus);
        ArgumentNullException.ThrowIfNull(others);
        MergeFile[] files = [.. firstCorpus.Concat(others).Select(name => new MergeFile(name))];
        if (files.FirstOrDefault(file => file.Path.Contains('\n', StringComparison.Ordinal)) is { } impossible)
        {
            throw new CorpusException($"'{impossible.Path}': has a line feed in its name; expected none, since the control file of a merge has a name a line");
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{files.Length}\n{firstCorpus.Count}\n");
        foreach (MergeFile file in files)
        {
            text.Append(file.Path).Append('\n');
        }

        try
        {
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{path}: the control file of the merge cannot be written: {failure.Message}", failure);
        }

        return new MergeControlFile(path, files, firstCorpus.Count);
    }

    /// <summary>Reads a control file, and cuts off a last line that was not written to its end.</summary>
    /// <exception cref="CorpusException">It cannot be read, or it is none; the message names the line.</exception>
    public static MergeControlFile Read(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            int length = content.AsSpan().LastIndexOf((byte)'\n') + 1;
            MergeControlFile control = Parse(path, content.AsSpan(0, length));
            if (length < content.Length)
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
                file.SetLength(length);
            }

            return control;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{path}: the control file of the merge cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads the content of a control file.</summary>
    /// <exception cref="CorpusException">It is none; the message names the line.</exception>
    internal static MergeControlFile Parse(string path, ReadOnlySpan<byte> content)
    {
        var lines = new ControlLines(path, content);
        int count = lines.Number("how many files there are");
        int first = lines.Number("how many of them are in the first corpus");
        if (first > count)
        {
            lines.Fail($"{first} files in the first corpus; expected at most {count}");
        }

        // Each name takes a line: more cannot be meant than the file has bytes.
        var files = new MergeFile[Math.Min(count, content.Length)];
        for (int i = 0; i < count; i++)
        {
            files[i] = new MergeFile(lines.Text("the name of a file"));
        }

        var control = new MergeControlFile(path, files, first);
        int started = -1;
        while (lines.Next())
        {
            started = control.Apply(ref lines, started);
        }

        control.LastFailure = started < 0 ? null : files[started];
        return control;
    }

    // Returns the file that was started and has no features yet; -1 for none.
    private int Apply(ref ControlLines lines, int started)
    {
        string marker = lines.Word();
        int index = (int)Math.Min(lines.Value(), int.MaxValue);
        switch (marker)
        {
            case "STARTED":
                if (index != FirstNotStarted || index >= Files.Count)
                {
                    lines.Fail($"STARTED {index}; expected STARTED {FirstNotStarted}, of {Files.Count} files");
                }

                Files[index].Size = lines.Value();
                FirstNotStarted++;
                return index;
            case "FT":
                if (index != started)
                {
                    lines.Fail($"FT {index}; expected it after STARTED {index}");
                }

                uint[] features = lines.Values();
                Array.Sort(features);
                Files[index].FeatureIds = features;
                return -1;
            case "COV":
                if (index >= FirstNotStarted)
                {
                    lines.Fail($"COV {index}; expected it after STARTED {index}");
                }

                Files[index].Points = lines.Values();
                return started;
            default:
                lines.Fail($"'{marker}'; expected STARTED, FT or COV");
                return started;
        }
    }
}
