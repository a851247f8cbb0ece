using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Edgewise.Supervision.Platform;

namespace Edgewise.Supervision;

/// <summary>
/// A program in a process of its own that stands where its parent stands: same standard streams, same terminal, same working directory.
/// The parent outlives it, so that it can tell how it ended.
/// </summary>
/// <remarks>
/// Ctrl-C and Ctrl-\ reach both processes from the terminal: the parent ignores them and waits for what the program makes of them.
/// SIGTERM and SIGHUP, which someone sends to the parent alone, are sent on. Where nothing else is known the program decides.
/// </remarks>
public sealed class SupervisedProcess : IDisposable
{
    private readonly Process _process;
    private readonly SignalRelay _relay;
    private readonly List<PosixSignalRegistration> _registrations;

    private SupervisedProcess(Process process, SignalRelay relay, List<PosixSignalRegistration> registrations)
    {
        _process = process;
        _relay = relay;
        _registrations = registrations;
    }

    /// <summary>Number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a program.</summary>
    /// <param name="fileName">Path of the executable.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="environment">Variables that differ from this process's; null removes one.</param>
    /// <exception cref="SupervisionException">The system could not start it.</exception>
    public static SupervisedProcess Start(
        string fileName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(fileName) { UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        // Registered before the start: a signal in between must not end the parent and leave the program alone.
        var relay = new SignalRelay();
        List<PosixSignalRegistration> registrations = relay.Register();
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            relay.ForwardTo(process.Id);
            return new SupervisedProcess(process, relay, registrations);
        }
        catch (Win32Exception e)
        {
            registrations.ForEach(r => r.Dispose());
            process.Dispose();
            throw new SupervisionException($"{fileName}: cannot be started: {e.Message}", e);
        }
    }

    /// <summary>Waits until the process has ended, however long it takes.</summary>
    public ProcessEnd WaitForEnd()
    {
        _process.WaitForExit();
        _relay.Stop();
        return new ProcessEnd(_process.ExitCode);
    }

    /// <summary>Gives this process its own signal behaviour back.</summary>
    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _process.Dispose();
    }
}
