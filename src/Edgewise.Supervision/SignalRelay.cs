using System.Runtime.InteropServices;
using Edgewise.Supervision.Platform;

namespace Edgewise.Supervision;

/// <summary>Keeps signals from ending this process while a child runs, and sends on those that only this process gets.</summary>
internal sealed class SignalRelay
{
    // Written by the starting thread once, read by signal handlers; what came earlier waits in _pending. Both under _gate.
    private readonly Lock _gate = new();
    private readonly List<PosixSignal> _pending = [];
    private int _processId;
    private bool _stopped;

    public List<PosixSignalRegistration> Register() =>
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Relay),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Relay),
    ];

    public void ForwardTo(int processId)
    {
        lock (_gate)
        {
            _processId = processId;
            _pending.ForEach(signal => UnixSignals.Forward(processId, signal));
        }
    }

    /// <summary>Sends nothing from now on: the process has ended, and its number may come to mean another.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }
    }

    private void Relay(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            if (_processId == 0)
            {
                _pending.Add(context.Signal);
            }
            else
            {
                UnixSignals.Forward(_processId, context.Signal);
            }
        }
    }
}
