using System.Buffers.Text;
using Edgewise.Corpus.Inputs;

namespace Edgewise.Corpus.Merging;

/// <summary>
/// What one process does of a merge: it executes the inputs that no earlier process started, and writes into the control file before each that it begins and
/// after each what it showed. If an input ends the process, the next one goes on behind that input.
/// </summary>
public sealed class MergeStep
{
    private const int LongestNumber = 20;

    private readonly IMergeExecutor _executor;
    private readonly MergeMode _mode;
    private readonly int _largest;
    private readonly List<SkippedInput> _skipped = [];
    private readonly HashSet<uint> _allFeatures = [];
    private readonly HashSet<uint> _allPoints = [];
    private readonly List<uint> _features = [];
    private readonly List<uint> _points = [];

    // Lines that are not in the file yet: those after an input go there with the one before the next, in one write.
    private byte[] _lines = new byte[4096];
    private int _length;

    /// <summary>Prepares the step.</summary>
    /// <param name="executor">Executes the inputs.</param>
    /// <param name="mode">What is written of an input's features.</param>
    /// <param name="largest">Bytes of the largest input that is executed; a larger one is left out.</param>
    public MergeStep(IMergeExecutor executor, MergeMode mode, int largest = InputFolder.UsualLargest)
    {
        ArgumentNullException.ThrowIfNull(executor);
        _executor = executor;
        _mode = mode;
        _largest = largest;
    }

    /// <summary>Inputs that were left out, and why.</summary>
    public IReadOnlyList<SkippedInput> Skipped => _skipped;

    /// <summary>Executes what is left to execute.</summary>
    /// <param name="control">The control file, as it was read in this process.</param>
    /// <param name="progress">Called after each input; null for nobody.</param>
    /// <exception cref="CorpusException">The control file cannot be written.</exception>
    public void Run(MergeControlFile control, Action<MergeProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(control);
        try
        {
            using var file = new FileStream(control.Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            for (int index = control.FirstNotStarted; index < control.Files.Count; index++)
            {
                Execute(file, control.Files[index].Path, index);
                progress?.Invoke(new MergeProgress(index, index - control.FirstNotStarted + 1, _allFeatures.Count, _allPoints.Count));
            }

            Flush(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{control.Path}: the control file of the merge cannot be written: {failure.Message}", failure);
        }
    }

    private void Execute(FileStream file, string path, int index)
    {
        byte[]? input = Read(path);
        Append("STARTED"u8);
        Append(index);
        Append(input?.Length ?? 0);
        EndLine();
        Flush(file);

        _features.Clear();
        _points.Clear();
        if (input is not null)
        {
            _executor.Execute(input, _features, _points);
        }

        Append("FT"u8);
        Append(index);
        AppendNew(_features, _allFeatures, always: _mode == MergeMode.SetCover);
        EndLine();
        Append("COV"u8);
        Append(index);
        AppendNew(_points, _allPoints, always: false);
        EndLine();
    }

    private byte[]? Read(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            _skipped.Add(new SkippedInput(path, "not found"));
            return null;
        }

        byte[]? input = InputFolder.Read(new InputFile(path, info.Length), _largest, out SkippedInput? skipped);
        if (skipped is { } reason)
        {
            _skipped.Add(reason);
        }

        return input;
    }

    // Ascending, each once.
    private void AppendNew(List<uint> values, HashSet<uint> known, bool always)
    {
        values.Sort();
        long previous = -1;
        foreach (uint value in values)
        {
            if (value != previous && (known.Add(value) || always))
            {
                Append(value);
            }

            previous = value;
        }
    }

    private void Append(ReadOnlySpan<byte> word)
    {
        Reserve(word.Length);
        word.CopyTo(_lines.AsSpan(_length));
        _length += word.Length;
    }

    private void Append(long number)
    {
        Reserve(1 + LongestNumber);
        _lines[_length++] = (byte)' ';
        Utf8Formatter.TryFormat(number, _lines.AsSpan(_length), out int written);
        _length += written;
    }

    private void EndLine() => Append("\n"u8);

    private void Reserve(int size)
    {
        if (_length + size > _lines.Length)
        {
            Array.Resize(ref _lines, Math.Max(2 * _lines.Length, _length + size));
        }
    }

    private void Flush(FileStream file)
    {
        file.Write(_lines, 0, _length);
        _length = 0;
    }
}
