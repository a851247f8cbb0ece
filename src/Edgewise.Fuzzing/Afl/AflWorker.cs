using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Edgewise.Fuzzing.Afl.Platform;

namespace Edgewise.Fuzzing.Afl;

/// <summary>The process that runs the target: it takes a tool's orders itself, and answers itself what ends quickly.</summary>
/// <remarks>
/// The usual run costs one read and one write: the number of the process, which the tool wants as the run begins, and how the run ended are told together. A
/// run that takes longer than the fork server's patience is told by that, so that the tool can kill this process when its own patience ends.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class AflWorker
{
    private readonly AflTarget _target;
    private readonly RunState _state;
    private readonly AflEnvironment _surroundings;
    private readonly int _wake;

    /// <summary>A worker.</summary>
    /// <param name="target">What it runs.</param>
    /// <param name="surroundings">What the tool told.</param>
    /// <param name="state">What it shares with the fork server.</param>
    /// <param name="wake">A byte there wakes the fork server.</param>
    public AflWorker(AflTarget target, AflEnvironment surroundings, RunState state, int wake)
    {
        _target = target;
        _surroundings = surroundings;
        _state = state;
        _wake = wake;
    }

    /// <summary>Runs the target as often as the tool likes.</summary>
    /// <param name="inputPath">The file with the test case, where that is not in shared memory; null for standard input.</param>
    /// <exception cref="IOException">The tool's memory cannot be used, or it speaks another protocol.</exception>
    public void Work(string? inputPath)
    {
        WarmUp();
        if (!_state.HasSpoken)
        {
            _state.SharesInput = Handshake.Speak(_surroundings, _target.MapSize, StringLiterals.Collect(_target));
            _state.HasSpoken = true;
        }

        if (_surroundings.CompareSegment is { } compares)
        {
            CmpLogMap.Attach(compares);
        }

        byte* map = _target.CountIn(_surroundings.MapSegment!.Value);
        Loop(map, _state.SharesInput ? TestCase.InSegment(_surroundings.InputSegment!.Value) : TestCase.InFile(inputPath));
    }

    // Before the tool's map is in place: what a new process does for the first time is no news.
    private void WarmUp()
    {
        _state.Phase = RunPhase.WarmingUp;
        for (int i = _state.Samples - 1; i >= 0; i--)
        {
            _target.Run(_state.SampleAt(i), out _);
        }

        _state.Phase = RunPhase.Starting;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Loop(byte* map, TestCase input)
    {
        // The number of this process, and how the run ended.
        int* answer = stackalloc int[2];
        answer[0] = Environment.ProcessId;
        int order;
        _state.Phase = RunPhase.Idle;
        while (Descriptor.ReadExactly(AflEnvironment.ControlDescriptor, &order, sizeof(int)))
        {
            _state.Runs++;
            _state.Phase = RunPhase.Running;
            // The tool's sign of a target that is alive.
            *map = 1;
            ReadOnlySpan<byte> bytes = input.Read();
            answer[1] = _target.Run(bytes, out _);
            if (answer[1] == 0)
            {
                // Before the tool is answered: then it puts its next input in the same place.
                _state.Sample(bytes);
            }

            if (_state.TryMove(RunPhase.Running, RunPhase.Idle))
            {
                if (!Descriptor.WriteExactly(AflEnvironment.StatusDescriptor, answer, 2 * sizeof(int)))
                {
                    return;
                }
            }
            else
            {
                HandOver(answer[1]);
            }
        }
    }

    // The tool knows of the run: the fork server tells its end.
    private void HandOver(int status)
    {
        SpinWait spin = default;
        _state.Status = status;
        while (!_state.TryMove(RunPhase.Reported, RunPhase.Done))
        {
            spin.SpinOnce();
        }

        byte any = 1;
        Descriptor.WriteExactly(_wake, &any, 1);
    }
}
