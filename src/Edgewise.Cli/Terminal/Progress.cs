using System.Diagnostics;
using System.Globalization;

namespace Edgewise.Cli.Terminal;

/// <summary>Shows how far work is once it has taken a second: one line that is rewritten on a terminal, plain lines otherwise.</summary>
/// <remarks>Several threads may report. Nothing is shown of work that is quicker, and the line is gone when the work is done.</remarks>
internal sealed class Progress(TextWriter error, bool isTerminal, string what, int total) : IDisposable
{
    private const string EraseLine = "\r\u001b[K";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private int _done;
    private bool _isShown;

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
            if (_isShown && isTerminal)
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

        string line = string.Create(CultureInfo.InvariantCulture, $"edgewise: {what}: {_done} of {total}{detail}");
        _isShown = true;
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
