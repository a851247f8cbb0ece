using System.Diagnostics;
using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Cli.Rendering.Sim;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Terminal;

/// <summary>Shows a campaign on a terminal while it goes on. The block is gone when the campaign is over.</summary>
/// <remarks>Called every few milliseconds: most calls only look at the time.</remarks>
internal sealed class FuzzProgress(TextWriter error) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly PaintedBlock _block = new(error);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly bool _hasColour = ReportPage.HasColour(error, isTerminal: true);
    private string _target = "";
    private TimeSpan _next;
    private TimeSpan _lastLook;
    private long _executionsBefore;
    private long _rate;
    private int _covered;
    private TimeSpan _lastEdge;

    /// <summary>A message of the worker.</summary>
    public void Hear(FuzzMessage message)
    {
        if (message is LoadedMessage loaded)
        {
            _target = loaded.Target;
        }
    }

    /// <summary>Paints where the campaign stands, if it is time.</summary>
    public void Update(FuzzSupervisor supervisor)
    {
        if (_clock.Elapsed < _next || supervisor.Status is not { } status)
        {
            return;
        }

        TimeSpan now = _clock.Elapsed;
        _next = now + Pause;
        _rate = now > _lastLook ? (long)((status.Executions - _executionsBefore) / (now - _lastLook).TotalSeconds) : _rate;
        (_executionsBefore, _lastLook) = (status.Executions, now);
        if (status.Covered != _covered)
        {
            (_covered, _lastEdge) = (status.Covered, now);
        }

        _block.Paint(FuzzLive.Render(new FuzzFigures
        {
            Target = _target,
            Status = status,
            Rate = Math.Max(0, _rate),
            Findings = supervisor.Findings.Count,
            LastFinding = supervisor.Findings.Count == 0 ? "" : supervisor.Findings[^1].Title,
            SinceLastEdge = now - _lastEdge,
            Stages = supervisor.Stages,
            Memory = supervisor.WorkerMemory,
            Elapsed = now,
        }).ToText(_hasColour).TrimEnd('\n').Split('\n'));
    }

    /// <summary>Takes the block away, so that lines can be written.</summary>
    public void Erase() => _block.Erase();

    /// <inheritdoc/>
    public void Dispose() => Erase();
}
