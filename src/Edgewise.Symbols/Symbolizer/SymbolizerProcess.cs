using System.Diagnostics;
using System.Text;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>A run of a program that answers lines of standard input on standard output.</summary>
internal sealed class SymbolizerProcess : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly Process _process;
    private readonly Task _writing;
    private byte[] _buffer = new byte[BufferSize];
    private int _start, _end;

    /// <summary>Starts the program, and writes the questions while answers are read.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="questions">What it reads, a line each; it gets no more than these.</param>
    /// <exception cref="SymbolsException">It cannot be started.</exception>
    public SymbolizerProcess(string program, IEnumerable<string> arguments, IEnumerable<string> questions)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new SymbolsException($"{program}: cannot be started: {e.Message}", e);
        }

        // What it complains of is in its answers too; read, so that it never waits for a reader.
        _process.BeginErrorReadLine();
        _writing = Task.Run(() => Write(_process.StandardInput, questions));
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

    /// <summary>Ends the program if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _writing.Wait();
        _process.Dispose();
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

        int read = _process.StandardOutput.BaseStream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    private static void Write(StreamWriter input, IEnumerable<string> questions)
    {
        try
        {
            using (input)
            {
                foreach (string question in questions)
                {
                    input.Write(question);
                    input.Write('\n');
                }
            }
        }
        catch (IOException)
        {
            // The program ended early; the missing answers tell.
        }
    }
}
