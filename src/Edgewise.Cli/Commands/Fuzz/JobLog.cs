using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Parallel;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>The log file of one of several jobs.</summary>
internal sealed class JobLog : JobListener
{
    private readonly StreamWriter _file;
    private readonly LibFuzzerLog _log;
    private readonly CoverageLines _coverage;
    private readonly bool _hasStatistics;

    /// <summary>Begins it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public JobLog(FuzzSettings settings, FuzzSupervisor supervisor, string path, LibFuzzerFlags flags)
    {
        _file = new StreamWriter(path) { AutoFlush = true };
        _coverage = flags.CoverageLines();
        _log = new LibFuzzerLog(_file, settings, () => supervisor.WorkerMemory) { Coverage = _coverage };
        _hasStatistics = flags.Is("print_final_stats");
        _log.Begin([]);
    }

    /// <inheritdoc/>
    public override void Hear(FuzzMessage message) => _log.Hear(message);

    /// <inheritdoc/>
    public override void Write(Finding finding, string path) => _log.Write(finding, path);

    /// <inheritdoc/>
    public override void Write(SlowRun slow, string path) => _log.Write(slow, path);

    /// <inheritdoc/>
    public override void End(FuzzResult result)
    {
        if (result.Error is { } error)
        {
            _log.Line($"INFO: edgewise: {error}");
        }

        _log.End(result, _hasStatistics);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        _coverage.Dispose();
        _file.Dispose();
    }
}
