using System.Runtime.InteropServices;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Formats.Legacy;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Options;
using Edgewise.Runtime.Sessions;
using Edgewise.Runtime.Trace;

namespace Edgewise.Runtime.Dump;

/// <summary>
/// Writes the files of a run from within: at return and <see cref="Environment.Exit"/>, at an exception that nobody caught, and at signals that
/// end a program. What these do and the exit code stay as they were.
/// </summary>
/// <remarks>
/// A program may catch a signal and go on; its end then writes the files again. <c>FailFast</c>, a stack overflow and SIGKILL run no code at all:
/// they need a map in a file.
/// </remarks>
internal sealed class ExitDump
{
    private static readonly (PosixSignal Signal, int Number)[] Signals =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly object _lock = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CoverageMap _map;
    private readonly RuntimeOptions _options;
    private readonly Recording _recording;
    private readonly string _directory;

    /// <summary>Prepares the dump; the folder is fixed now, for the program may change its working directory.</summary>
    public ExitDump(CoverageMap map, RuntimeOptions options, Recording recording)
    {
        _map = map;
        _recording = recording;
        _options = options;
        _directory = Path.GetFullPath(options.Directory);
    }

    /// <summary>Subscribes to the ends of the process.</summary>
    public void Start()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => WriteLast();
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            DeathCallback.Run();
            WriteAtEnd(new RunEnd(RunEndKind.UnhandledException, 0, unhandled.ExceptionObject.GetType().FullName));
        };
        foreach ((PosixSignal signal, int number) in Signals)
        {
            Subscribe(signal, number);
        }
    }

    /// <summary>Writes all files; what fails is told in one line.</summary>
    /// <returns>True if all was written.</returns>
    public bool Write(RunEnd end)
    {
        try
        {
            lock (_lock)
            {
                List<DumpModule> modules = Modules();
                ProcessTrace.Write(_directory);
                Tell(DumpWriter.Write(_directory, Describe(end), modules, _options.Dump, _recording.Collect(modules)));
                return true;
            }
        }
        catch (Exception failure)
        {
            // Whatever it was: the program ends as it would without us.
            Notice.Write($"{_directory}: coverage was not written: {failure.Message}");
            return false;
        }
    }

    private static RunRecord Describe(RunEnd end)
    {
        string[] commandLine = Environment.GetCommandLineArgs();
        return new RunRecord
        {
            ToolVersion = Product.Version,
            Program = commandLine.Length == 0 ? Environment.ProcessPath ?? string.Empty : Path.GetFullPath(commandLine[0]),
            Arguments = commandLine.Length == 0 ? [] : commandLine[1..],
            ProcessId = Environment.ProcessId,
            End = end,
        };
    }

    private void Subscribe(PosixSignal signal, int number)
    {
        try
        {
            // Cancel stays false: the signal does what it would have done.
            _registrations.Add(PosixSignalRegistration.Create(signal, _ => WriteAtEnd(new RunEnd(RunEndKind.Signal, number))));
        }
        catch (Exception failure) when (failure is PlatformNotSupportedException or IOException)
        {
            Notice.Write($"{signal}: coverage is lost at this signal: {failure.Message}");
        }
    }

    private void WriteLast()
    {
        if (WriteAtEnd(new RunEnd(RunEndKind.Exit, Environment.ExitCode)) && !_map.IsParents)
        {
            TryDeleteMap();
        }
    }

    /// <summary>Under the map of a parent only what that cannot see: it writes the files itself, whatever the end.</summary>
    private bool WriteAtEnd(RunEnd end)
    {
        if (!_map.IsParents)
        {
            return Write(end);
        }

        try
        {
            lock (_lock)
            {
                ProcessTrace.Write(Path.GetDirectoryName(Path.GetFullPath(_map.FilePath!))!);
                RecordedFlow flow = _recording.CollectForParent(Modules());
                if (flow.Calls.Count > 0)
                {
                    AtomicFile.Write(CallsFile.PathOf(_map.FilePath!), CallerCalleeFile.Encode(flow.Calls));
                }

                if (flow.Compares is { Length: > 0 } compares)
                {
                    AtomicFile.Write(ComparesFile.PathOf(_map.FilePath!), compares);
                }

                return true;
            }
        }
        catch (Exception failure)
        {
            Notice.Write($"{_map.FilePath}: indirect calls and compares were not written: {failure.Message}");
            return false;
        }
    }

    /// <summary>All that a map file holds stands in other files now; one that is left tells of an end that could not be seen from within.</summary>
    private void TryDeleteMap()
    {
        try
        {
            _map.DeleteOwnFile();
            _recording.DeleteFiles();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Windows deletes no file that is mapped. What is left there says nothing new.
        }
    }

    private List<DumpModule> Modules()
    {
        var modules = new List<DumpModule>();
        foreach ((WrittenPoints points, string path, byte[] counters, int firstPoint, int firstSite) in _map.Collect())
        {
            modules.Add(new DumpModule(PointSetCodec.Read(points.Bytes, points.Header.ModuleName), path, counters) { FirstPoint = firstPoint, FirstSite = firstSite });
        }

        return modules;
    }

    private void Tell(RunRecord run)
    {
        if (run.LostEventCount > 0)
        {
            Notice.Write($"{run.LostEventCount} events of traces are lost; trace_events of {RuntimeOptions.Variable} says how many are kept of a thread");
        }

        foreach (RunModule module in run.Modules.Where(module => _options.Verbosity > 0 && module.SancovFile is not null))
        {
            Notice.Write($"{Path.Combine(_directory, module.SancovFile!)}: {module.CoveredCount} PCs written");
        }

        foreach (string file in run.Files.Where(_ => _options.Verbosity > 0))
        {
            Notice.Write($"{Path.Combine(_directory, file)}: written");
        }
    }
}
