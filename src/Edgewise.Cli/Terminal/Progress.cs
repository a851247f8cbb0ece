using System.Diagnostics;
using System.Globalization;

namespace Edgewise.Cli.Terminal;

/// <summary>Shows how far work is once it has taken a second: one line that is rewritten on a terminal, plain lines otherwise, one a second at most.</summary>
/// <remarks>Several threads may report. Nothing is shown of work that is quicker, and the line is gone when the work is done.</remarks>
internal sealed class Progress(TextWriter error, bool isTerminal, string what, int total) : IDisposable
{
    private const string EraseLine = "\r\u001b[K";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private int _done;
    private long _shown;

    /// <summary>Reports that one more part is done.</summary>
    /// <param name="name">What was done.</param>
    public void Advance(string name)
    {
        lock (_gate)
        {
            _done++;
            Show($" ({name})");
        }
    }

    /// <summary>Reports how many parts are done.</summary>
    public void Reach(int done)
    {
        lock (_gate)
        {
            if (done <= _done)
            {
                return;
            }

            _done = done;
            Show("");
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_shown != 0 && isTerminal)
            {
                error.Write(EraseLine);
            }
        }
    }

    private void Show(string detail)
    {
        if (_done == total || Stopwatch.GetElapsedTime(_start) < Patience)
        {
            return;
        }

        if (!isTerminal && _shown != 0 && Stopwatch.GetElapsedTime(_shown) < Patience)
        {
            return;
        }

        _shown = Stopwatch.GetTimestamp();
        string line = string.Create(CultureInfo.InvariantCulture, $"edgewise: {what}: {_done} of {total}{detail}");
        if (isTerminal)
        {
            error.Write(EraseLine + line);
        }
        else
        {
            error.WriteLine(line);
        }
    }
}
