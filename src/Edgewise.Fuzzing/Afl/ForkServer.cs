using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Edgewise.Fuzzing.Afl.Platform;

namespace Edgewise.Fuzzing.Afl;

/// <summary>
/// What AFL++ takes for a fork server: since the runtime of .NET cannot be forked, it starts a worker process, tells the tool of runs that last and of workers
/// that die in one, and starts the next.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class ForkServer
{
    /// <summary>The variable that tells a worker the descriptors of the shared memory and of the wake pipe, and the number of the fork server.</summary>
    public const string Variable = "EDGEWISE_AFL_WORKER";

    // A run that lasts this long is told to the tool: from then on its own clock runs.
    private const int PatienceMilliseconds = 5;
    private const int MostFailedStarts = 3;

    // Inputs that returned once may not return again.
    private static readonly TimeSpan PatienceWithWarmUp = TimeSpan.FromSeconds(5);

    private const int Failure = 1;

    private readonly IReadOnlyList<string> _arguments;
    private readonly RunState _state = RunState.Create();
    private readonly int _wakeRead;
    private readonly List<string> _environment = [];

    private int _worker;
    private int _failedStarts;
    private long _lastRun;
    private long _warmingSince;

    /// <summary>A fork server.</summary>
    /// <param name="arguments">The program and the arguments of a worker.</param>
    /// <exception cref="IOException">The system has no memory or descriptors left.</exception>
    public ForkServer(IReadOnlyList<string> arguments)
    {
        _arguments = arguments;
        (_wakeRead, int wakeWrite) = Descriptor.MakePipe();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            _environment.Add($"{variable.Key}={variable.Value}");
        }

        _environment.Add(string.Create(CultureInfo.InvariantCulture, $"{Variable}={_state.File},{wakeWrite},{Environment.ProcessId}"));
    }

    /// <summary>Serves until the tool is gone.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="IOException">No worker can be started.</exception>
    public int Serve()
    {
        _worker = ChildProcess.Start(_arguments, _environment);
        while (true)
        {
            (bool isWoken, bool isAbandoned) = Descriptor.Wait(_wakeRead, AflEnvironment.ControlDescriptor, PatienceMilliseconds);
            if (isAbandoned)
            {
                ChildProcess.End(_worker);
                return 0;
            }

            if (isWoken)
            {
                byte any;
                Descriptor.ReadExactly(_wakeRead, &any, 1);
            }

            bool hasEnded = ChildProcess.HasEnded(_worker, out int status);
            Attend(hasEnded);
            if (hasEnded && !Replace(status))
            {
                return Failure;
            }
        }
    }

    private void Attend(bool hasEnded)
    {
        long run = Volatile.Read(ref _state.Runs);
        if (_state.Phase == RunPhase.WarmingUp && !hasEnded)
        {
            EndWarmUp();
        }
        else if (_state.Phase == RunPhase.Done)
        {
            int status = _state.Status;
            // Before the tool is told: its next order comes at once.
            _state.Phase = RunPhase.Idle;
            Send(status);
        }
        else if (run == _lastRun && _state.TryMove(RunPhase.Running, RunPhase.Reporting))
        {
            Send(_worker);
            _state.Phase = RunPhase.Reported;
        }

        _lastRun = run;
    }

    private void EndWarmUp()
    {
        if (_warmingSince == 0)
        {
            _warmingSince = Stopwatch.GetTimestamp();
        }
        else if (Stopwatch.GetElapsedTime(_warmingSince) > PatienceWithWarmUp)
        {
            ChildProcess.Signal(_worker, ChildProcess.KillSignal);
        }
    }

    // The worker has ended: tells the tool if that was in a run, and starts the next.
    private bool Replace(int status)
    {
        bool hasBegun = _state.Phase is not (RunPhase.Starting or RunPhase.WarmingUp);
        _failedStarts = hasBegun ? 0 : _failedStarts + 1;
        switch (_state.Phase)
        {
            case RunPhase.Running:
                Send(_worker);
                Send(status);
                break;
            case RunPhase.Reported:
                Send(status);
                break;
            case RunPhase.WarmingUp:
                // One of them is what it died of.
                _state.Samples = 0;
                break;
        }

        if (!_state.HasSpoken || _failedStarts >= MostFailedStarts)
        {
            return false;
        }

        _state.Phase = RunPhase.Starting;
        _warmingSince = 0;
        _worker = ChildProcess.Start(_arguments, _environment);
        return true;
    }

    private static void Send(int word) => Descriptor.WriteExactly(AflEnvironment.StatusDescriptor, &word, sizeof(int));
}
