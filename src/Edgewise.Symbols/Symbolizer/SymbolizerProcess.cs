using System.Diagnostics;
using System.Text;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>A run of a program that answers lines of standard input on standard output.</summary>
internal sealed class SymbolizerProcess : IDisposable
{
    private const int BufferSize = 1 << 18, ShortRead = 1 << 15, MostComplaints = 8;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    private readonly Process _process;
    private readonly Thread _writing;
    private readonly Thread _listening;
    private readonly List<string> _complaints = [];
    private byte[] _buffer = new byte[BufferSize];
    private int _start, _end, _lastRead;

    /// <summary>Starts the program, and writes the questions while answers are read.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="ask">Writes what the program reads; it gets no more than this.</param>
    /// <exception cref="SymbolsException">It cannot be started.</exception>
    public SymbolizerProcess(string program, IEnumerable<string> arguments, Action<Stream> ask)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new SymbolsException($"{program}: cannot be started: {e.Message}", e);
        }

        _writing = new Thread(() => Write(_process.StandardInput.BaseStream, ask));
        _listening = new Thread(() => Listen(_process.StandardError.BaseStream));
        _writing.Start();
        _listening.Start();
    }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line without its end; valid until the next call.</param>
    /// <returns>False at the end of all answers.</returns>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int searched = _start;
        while (true)
        {
            int end = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = _buffer.AsSpan(_start, searched + end - _start);
                _start = searched + end + 1;
                return true;
            }

            searched = _end - _start;
            if (!Refill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <summary>Ends the program if it still runs, and tells the first lines that it wrote to standard error, each once.</summary>
    public IReadOnlyList<string> Complaints()
    {
        End();
        _listening.Join();
        return _complaints;
    }

    /// <summary>Ends the program if it still runs.</summary>
    public void Dispose()
    {
        End();
        _writing.Join();
        _listening.Join();
        _process.Dispose();
    }

    private void End()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
    }

    private bool Refill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        // The program writes each answer at once. Waiting for it would be a switch between the two processes for every answer, which costs both of them more than their work.
        if (_lastRead is > 0 and < ShortRead)
        {
            Thread.Sleep(Rest);
        }

        _lastRead = _process.StandardOutput.BaseStream.Read(_buffer, _end, _buffer.Length - _end);
        _end += _lastRead;
        return _lastRead > 0;
    }

    private static void Write(Stream input, Action<Stream> ask)
    {
        try
        {
            using (input)
            {
                ask(input);
            }
        }
        catch (IOException)
        {
            // The program ended early; the missing answers tell.
        }
    }

    // Read to the end, so that the program never waits for a reader.
    private void Listen(Stream errors)
    {
        using StreamReader reader = new(errors, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && _complaints.Count < MostComplaints && !_complaints.Contains(line))
            {
                _complaints.Add(line);
            }
        }
    }
}
