using System.Reflection;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Programs;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Trace;
using Edgewise.Sancov;
using Edgewise.Sancov.Legacy;
using Edgewise.Supervision;
using Edgewise.Symbols;

namespace Edgewise.Cli.Commands.Run;

/// <summary>A program in its run folder with a coverage map that this process holds: whatever its end, the counters are here.</summary>
internal sealed class MeasuredRun : IDisposable
{
    private readonly RunTrace? _trace;
    private readonly TargetProgram _program;
    private readonly RunFolder _folder;
    private readonly Dictionary<string, (ProgramAssembly Assembly, InstrumentedModule Module)> _modules = [];
    private readonly LiveMapFolder? _live;
    private readonly MapFile _map;
    private IReadOnlyList<DumpModule> _counted = [];
    private RecordedFlow _flow = RecordedFlow.None;

    // Kept until everything is written: a Ctrl-C that was meant for the program may reach this process later than the program's end.
    private SupervisedProcess? _process;
    private int _processId;
    private ProcessEnd _end;

    /// <summary>Makes the map for the modules.</summary>
    /// <param name="program">The program.</param>
    /// <param name="folder">Where it runs from.</param>
    /// <param name="images">Its instrumented modules.</param>
    /// <param name="liveFolder">Where others find the map while the program runs; null for nowhere.</param>
    /// <param name="trace">What threads record; null: nothing.</param>
    /// <exception cref="IOException">The file system has no room for it.</exception>
    public MeasuredRun(TargetProgram program, RunFolder folder, IReadOnlyDictionary<ProgramAssembly, InstrumentedModule> images, string? liveFolder, RunTrace? trace = null)
    {
        _trace = trace;
        _live = liveFolder is null ? null : new LiveMapFolder(liveFolder);
        _program = program;
        _folder = folder;
        foreach ((ProgramAssembly assembly, InstrumentedModule module) in images)
        {
            // The same build in two folders of a program is one module.
            _modules.TryAdd(Convert.ToHexString(module.Points.OriginalHash), (assembly, module));
        }

        _map = MapFile.Create(_live?.MapPath ?? folder.MapPath, _modules.Values.Select(m =>
            new MapModule(m.Assembly.FileName, m.Assembly.Path, m.Module.Points.OriginalHash, m.Module.Points.PointCount, _live?.Write(m.Module.Points) ?? "")));
    }

    /// <summary>The Runtime that this tool brings into programs.</summary>
    public static string RuntimePath { get; } = Path.Combine(AppContext.BaseDirectory, "Edgewise.Runtime.dll");

    /// <summary>Runs the program to its end.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="SupervisionException">It could not be started.</exception>
    public int Execute(IReadOnlyList<string> arguments)
    {
        _process = SupervisedProcess.Start(_program.Host.Path, [_folder.ProgramPath, .. arguments], Variables());
        _processId = _process.Id;
        _end = _process.WaitForEnd();
        _map.Refresh();
        _counted = DumpWriter.FromMap(_map, module => Find(module)?.Module.Points);
        _flow = ReadFlow();
        return _end.ExitCode;
    }

    /// <summary>Writes the coverage files of the run.</summary>
    /// <exception cref="IOException">One cannot be written.</exception>
    public RunRecord WriteCoverage(string folder, string program, IReadOnlyList<string> arguments)
    {
        var record = new RunRecord
        {
            ToolVersion = typeof(MeasuredRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            Program = Path.GetFullPath(program),
            Arguments = arguments,
            ProcessId = _processId,
            End = _end.Signal is { } signal ? new RunEnd(RunEndKind.Signal, signal) : new RunEnd(RunEndKind.Exit, _end.ExitCode),
        };
        return DumpWriter.Write(folder, record, _counted, DumpOptions.FromEnvironment(), _flow);
    }

    /// <summary>Moves what threads recorded to where coverage files go.</summary>
    /// <returns>How many threads there were.</returns>
    /// <exception cref="IOException">A file cannot be moved.</exception>
    public int MoveTraces(string folder)
    {
        string[] files = Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(_map.Path))!, $"kcov.{_processId}.*");
        foreach (string file in files)
        {
            File.Move(file, Path.Combine(Path.GetFullPath(folder), Path.GetFileName(file)), overwrite: true);
        }

        return files.Count(static file => file.EndsWith(".bin", StringComparison.Ordinal));
    }

    /// <summary>Counts functions and edges of each module, by name.</summary>
    /// <exception cref="SymbolsException">A module was changed since.</exception>
    public IReadOnlyList<CoverageSummary> Summarise()
    {
        var summaries = new List<CoverageSummary>();
        foreach (DumpModule module in _counted)
        {
            string original = _modules[Convert.ToHexString(module.Points.OriginalHash)].Assembly.Path;
            using ModuleSymbols symbols = ModuleSymbols.Open(original, lines: false);
            summaries.Add(CoverageSummary.Of(module.Points, module.Counters, symbols));
        }

        summaries.Sort((a, b) => string.CompareOrdinal(a.ModuleName, b.ModuleName));
        return summaries;
    }

    /// <summary>Closes the map file; signals mean this process again.</summary>
    public void Dispose()
    {
        _map.Dispose();
        _live?.Dispose();
        _process?.Dispose();
    }

    /// <summary>What the program left beside the map, which goes with the run folder: traces, indirect calls and compares.</summary>
    private RecordedFlow ReadFlow()
    {
        IReadOnlyList<ThreadTrace> traces = TraceRemains.Read(_map.Path);
        TraceRemains.Delete(_map.Path);
        string comparesPath = ComparesFile.PathOf(_map.Path);
        byte[]? compares = File.Exists(comparesPath) ? File.ReadAllBytes(comparesPath) : null;
        File.Delete(comparesPath);
        string path = CallsFile.PathOf(_map.Path);
        if (!File.Exists(path))
        {
            return new RecordedFlow([], traces, compares);
        }

        CallPair[] calls = [.. LegacyCalls.Read(path).Pairs.Select(pair => new CallPair(Original(pair.Caller), Original(pair.Callee)))];
        File.Delete(path);
        return new RecordedFlow(calls, traces, compares);
    }

    /// <summary>A place in the run folder, in the program's own.</summary>
    private CodePlace Original(CodePlace place)
    {
        string runFolder = Path.GetDirectoryName(_folder.ProgramPath) + Path.DirectorySeparatorChar;
        return place.Module.StartsWith(runFolder, StringComparison.Ordinal)
            ? place with { Module = Path.Combine(_program.Folder, place.Module[runFolder.Length..]) }
            : place;
    }

    private (ProgramAssembly Assembly, InstrumentedModule Module)? Find(MapModule module) =>
        _modules.TryGetValue(Convert.ToHexString(module.OriginalHash), out (ProgramAssembly, InstrumentedModule) found) ? found : null;

    private Dictionary<string, string?> Variables()
    {
        string? hooks = Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS");
        var variables = new Dictionary<string, string?>
        {
            ["DOTNET_STARTUP_HOOKS"] = string.IsNullOrEmpty(hooks) ? _folder.RuntimePath : _folder.RuntimePath + Path.PathSeparator + hooks,
            ["EDGEWISE_MAP_FILE"] = _map.Path,
            ["EDGEWISE_BASE_DIRECTORY"] = _program.Folder + Path.DirectorySeparatorChar,
        };
        if (_trace is not null)
        {
            variables["EDGEWISE_OPTIONS"] = _trace.AddTo(Environment.GetEnvironmentVariable("EDGEWISE_OPTIONS"));
        }

        return variables;
    }
}
