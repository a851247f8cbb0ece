using Edgewise.Cli.Rendering;
using Edgewise.Cli.Rendering.Sim;
using Edgewise.Exploration.Running;
using Edgewise.Exploration.Search;
using Edgewise.Simulation.Running;

namespace Edgewise.Cli.Terminal;

/// <summary>Shows a search while it goes on: a block of lines that is painted over on a terminal, a plain line now and then otherwise.</summary>
/// <remarks>Called after each run of a search, tens of thousands a second: most calls only look at the time. The block is gone when the search is over.</remarks>
internal sealed class SimProgress(TextWriter error, bool isTerminal, string simulation, SimulationOptions options) : IDisposable
{
    private static readonly TimeSpan TerminalPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(5);

    private readonly PaintedBlock _block = new(error);
    private readonly TimeSpan _pause = isTerminal ? TerminalPause : FilePause;
    private readonly bool _hasColour = ReportPage.HasColour(error, isTerminal);
    private TimeSpan _next = isTerminal ? TerminalPause : FilePause;
    private int _iteration = -1;
    private long _runsBefore;
    private long _runs;

    /// <summary>Shows that something goes on before the first run of the search is over: processes start, and the root timeline runs a few times.</summary>
    public void Begin()
    {
        if (isTerminal)
        {
            _block.Paint([$"  {TerminalText.Plain(simulation)}  starts"]);
        }
    }

    /// <summary>Takes in where the search stands.</summary>
    public void Update(ExplorationProgress progress)
    {
        if (progress.Iteration != _iteration)
        {
            _iteration = progress.Iteration;
            _runsBefore = _runs;
        }

        _runs = progress.Runs;
        if (progress.Elapsed < _next)
        {
            return;
        }

        _next = progress.Elapsed + _pause;
        LiveFigures figures = Figures(progress);
        if (isTerminal)
        {
            _block.Paint(SimLive.Render(figures).ToText(_hasColour).TrimEnd('\n').Split('\n'));
        }
        else
        {
            error.WriteLine($"edgewise: {SimLive.Line(figures)}");
        }
    }

    /// <summary>Takes the block away.</summary>
    public void Dispose() => _block.Erase();

    private LiveFigures Figures(in ExplorationProgress progress)
    {
        var frontier = progress.Strategy as FrontierStrategy;
        var energy = progress.Strategy as EnergyStrategy;
        return new LiveFigures
        {
            Simulation = simulation,
            Iteration = progress.Iteration,
            Iterations = options.Exploration.Iterations,
            Runs = progress.Runs,
            SeedRuns = progress.Runs - _runsBefore,
            MostSeedRuns = options.Exploration.Runs,
            Bugs = progress.Bugs.Count,
            LastBug = progress.Bugs.Count == 0 ? "" : progress.Bugs[^1].Signature,
            States = frontier?.StateCount ?? 0,
            SpentStates = frontier?.BarrenStateCount ?? 0,
            Depth = frontier?.Depth ?? 0,
            EnergyLeft = energy?.EnergyLeft,
            PoolLeft = energy?.PoolLeft,
            Edges = progress.History.EdgeCount,
            CoveredEdges = progress.History.CoveredEdgeCount,
            ShorteningRuns = progress.ShorteningRuns,
            Elapsed = progress.Elapsed,
        };
    }
}
