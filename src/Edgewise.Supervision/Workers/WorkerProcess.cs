using System.ComponentModel;
using System.Diagnostics;
using Edgewise.Supervision.Platform;

namespace Edgewise.Supervision.Workers;

/// <summary>
/// A process that works for this one: it is woken by bytes on its standard input, wakes its parent by bytes on its standard output (whose content means
/// nothing), and is ended with all that it started. The first lines that it writes to standard error are kept.
/// </summary>
/// <remarks>
/// Each process has a thread here that starts it, waits for its bytes and ends after it: on Linux a worker dies with the thread that started it, so that
/// thread has to live as long as the worker may.
/// </remarks>
public sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan PatienceWithError = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Action _stir;
    private readonly ErrorLines _errorLines = new();
    private readonly ManualResetEventSlim _hasStarted = new();
    private readonly ManualResetEventSlim _hasEnded = new();

    // Written by the attendant thread before _hasStarted or _hasEnded is set, read behind it.
    private Thread? _errorReader;
    private string? _startFailure;
    private int _id;
    private readonly Lock _gate = new();

    // Under the gate: nobody is stirred who has disposed of this, and perhaps of what stirs him.
    private bool _isDisposed;

    private WorkerProcess(ProcessStartInfo start, Action stir)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        // A worker is often killed, and what the runtime opens for debuggers would stay behind in the folder for temporary files.
        start.Environment.TryAdd("DOTNET_EnableDiagnostics", "0");
        _process = new Process { StartInfo = start };
        _stir = stir;
        new Thread(Attend) { IsBackground = true, Name = "attends a worker" }.Start();
    }

    /// <summary>True once the process has ended, or could not be started.</summary>
    public bool HasEnded => _hasEnded.IsSet;

    /// <summary>Number of the process; waits for its start.</summary>
    /// <exception cref="SupervisionException">The system could not start it.</exception>
    public int Id
    {
        get
        {
            _hasStarted.Wait();
            return _startFailure is null ? _id : throw new SupervisionException(_startFailure);
        }
    }

    /// <summary>Starts a worker; returns before the system has.</summary>
    /// <param name="start">What to start; its streams become the worker's.</param>
    /// <param name="stir">Is called on another thread whenever the worker wakes its parent, and once it has ended.</param>
    public static WorkerProcess Start(ProcessStartInfo start, Action stir) => new(start, stir);

    /// <summary>How it ended; waits for that.</summary>
    /// <exception cref="SupervisionException">The system could not start it.</exception>
    public ProcessEnd WaitForEnd()
    {
        _hasEnded.Wait();
        return _startFailure is null ? new ProcessEnd(_process.ExitCode) : throw new SupervisionException(_startFailure);
    }

    /// <summary>The first lines of its standard error, after its end.</summary>
    public IReadOnlyList<string> FirstErrorLines()
    {
        _hasEnded.Wait();
        // A process that the worker left behind may hold the stream open for ever.
        _ = _errorReader?.Join(PatienceWithError);
        return _errorLines.Copy();
    }

    /// <summary>Wakes the worker, if it sleeps on its standard input.</summary>
    public void Wake()
    {
        _hasStarted.Wait();
        if (_startFailure is not null)
        {
            return;
        }

        try
        {
            Stream input = _process.StandardInput.BaseStream;
            input.WriteByte(1);
            input.Flush();
        }
        catch (IOException)
        {
            // It has ended, which its thread notices.
        }
    }

    /// <summary>Ends it and all that it started.</summary>
    public void Kill()
    {
        _hasStarted.Wait();
        if (_startFailure is null && !HasEnded)
        {
            ProcessControl.KillTree(_process);
        }
    }

    /// <summary>Ends it, if it has not ended, and waits for that. A second time does nothing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        Kill();
        _hasEnded.Wait();
        _ = _errorReader?.Join(PatienceWithError);
        _process.Dispose();
    }

    private void Attend()
    {
        try
        {
            _process.Start();
        }
        catch (Win32Exception failure)
        {
            _startFailure = $"{_process.StartInfo.FileName}: cannot be started: {failure.Message}";
            _hasStarted.Set();
            _hasEnded.Set();
            Stir();
            return;
        }

        _id = _process.Id;
        _errorReader = new Thread(() => _errorLines.ReadFrom(_process.StandardError)) { IsBackground = true, Name = "reads a worker's errors" };
        _errorReader.Start();
        // The stream may stay open in a process that the worker left behind, so its end is waited for elsewhere.
        var reader = new Thread(ReadWakes) { IsBackground = true, Name = "wakes for a worker" };
        reader.Start();
        _hasStarted.Set();
        _process.WaitForExit();
        _hasEnded.Set();
        Stir();
    }

    private void ReadWakes()
    {
        Span<byte> bytes = stackalloc byte[256];
        try
        {
            Stream output = _process.StandardOutput.BaseStream;
            while (output.Read(bytes) > 0)
            {
                Stir();
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was disposed of while a process that it left behind still held the stream.
        }
    }

    private void Stir()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _stir();
            }
        }
    }
}
