using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Edgewise.IntegrationTests.Run;

/// <summary>A process of a test, in a session of its own so that signals to its group do not reach the tests.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    // Not on the thread that reads the output: what follows may wait for the end of that.
    private readonly TaskCompletionSource<string[]> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Everything it wrote to standard output.</summary>
    public string Output => _output.ToString();

    /// <summary>Everything it wrote to standard error.</summary>
    public string Error => _error.ToString();

    /// <summary>Starts <c>dotnet</c> with arguments.</summary>
    /// <param name="arguments">The .dll and its arguments.</param>
    /// <param name="folder">Working directory, or null for this process's.</param>
    /// <param name="variables">Environment variables to add.</param>
    public static ChildProcess Start(IEnumerable<string> arguments, string? folder = null, params (string Name, string Value)[] variables)
    {
        bool hasSessions = File.Exists("/usr/bin/setsid");
        var start = new ProcessStartInfo(hasSessions ? "/usr/bin/setsid" : "dotnet", hasSessions ? ["dotnet", .. arguments] : arguments)
        {
            WorkingDirectory = folder ?? "",
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        // No core files: some programs here are meant to crash.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return new ChildProcess(start);
    }

    /// <summary>Gives it its standard input and waits for its end.</summary>
    /// <returns>Its exit code, 128 + n after signal n.</returns>
    public int WaitForEnd(string input = "")
    {
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();

        // The overload without a time waits for the end of the output too, which a child that was left behind may hold open.
        Assert.True(Task.Run(_process.WaitForExit).Wait(Patience), $"it or a child of it is still running; so far:\n{Output}\n{Error}");
        return _process.ExitCode;
    }

    /// <summary>Waits for a line <c>ready …</c>.</summary>
    /// <returns>The words behind it; the first is the number of the process that wrote it.</returns>
    public async Task<string[]> WaitUntilReady() => await _ready.Task.WaitAsync(Patience);

    /// <summary>Sends a signal to this process.</summary>
    public void Signal(int signal) => Signal(_process.Id, signal);

    /// <summary>Sends a signal to this process if it has not ended.</summary>
    public bool TrySignal(int signal) => Kill(_process.Id, signal) == 0;

    /// <summary>Sends a signal to this process and all of its group, as a terminal does. A process that has just begun has no group yet: it is waited for.</summary>
    public void SignalGroup(int signal)
    {
        var waiting = Stopwatch.StartNew();
        while (Kill(-_process.Id, signal) != 0)
        {
            Assert.True(waiting.Elapsed < Patience && !_process.HasExited, $"there is no group {_process.Id}");
            Thread.Sleep(10);
        }
    }

    /// <summary>Sends a signal to any process.</summary>
    public static void Signal(int processId, int signal) => Assert.Equal(0, Kill(processId, signal));

    /// <summary>Reads a number as programs here write it.</summary>
    public static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Append(StringBuilder text, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (text)
        {
            text.Append(line).Append('\n');
        }

        if (line.StartsWith("ready ", StringComparison.Ordinal))
        {
            _ready.TrySetResult(line["ready ".Length..].Split(' '));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
