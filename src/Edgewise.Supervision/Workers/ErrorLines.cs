namespace Edgewise.Supervision.Workers;

/// <summary>The first lines of a stream; the rest is read and dropped, so that its writer never waits.</summary>
internal sealed class ErrorLines
{
    private const int LineLimit = 64;
    private const int LengthLimit = 1024;

    // Written by the reading thread, copied by others, both under a lock on it.
    private readonly List<string> _lines = [];

    public List<string> Copy()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }

    public void ReadFrom(TextReader reader)
    {
        try
        {
            while (reader.ReadLine() is { } line)
            {
                lock (_lines)
                {
                    if (_lines.Count < LineLimit)
                    {
                        _lines.Add(line.Length <= LengthLimit ? line : line[..LengthLimit]);
                    }
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process was disposed of while something that it left behind still held the stream.
        }
    }
}
