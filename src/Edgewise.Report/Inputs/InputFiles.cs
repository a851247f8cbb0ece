using Edgewise.Runtime.Formats;

namespace Edgewise.Report.Inputs;

/// <summary>The files that a report is made of: those that were named, those in folders that were named, and the modules that records of runs there tell of.</summary>
public sealed class InputFiles
{
    private const string SancovEnding = ".sancov", SymcovEnding = ".symcov", CountersEnding = ".counters-sancov";

    /// <summary>Files of other formats whose names end as those of coverage do.</summary>
    private static readonly string[] OtherNames = ["caller-callee.", "trace-points.", "trace-compunits.", "trace-events."];

    private readonly List<string> _coverage = [], _counters = [], _maps = [];

    private InputFiles() { }

    /// <summary>Binaries, modules, point sets, <c>.sancov</c> and <c>.symcov</c> files.</summary>
    public IReadOnlyList<string> Coverage => _coverage;

    /// <summary><c>.counters-sancov</c> files.</summary>
    public IReadOnlyList<string> Counters => _counters;

    /// <summary>Maps of processes, which end in <c>.edgewise-map</c>.</summary>
    public IReadOnlyList<string> Maps => _maps;

    /// <summary>Finds the files.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="failures">Receives what is wrong with one, one sentence each that begins with its name.</param>
    public static InputFiles Find(IEnumerable<string> paths, ICollection<string> failures)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(failures);
        InputFiles files = new();
        List<string> folders = [];
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddFolder(path, failures);
                folders.Add(path);
            }
            else
            {
                files.Add(path);
            }
        }

        folders.ForEach(folder => files.AddRecordedModules(folder, failures));
        return files;
    }

    /// <summary>Adds files that were made of others, a map's say.</summary>
    public void AddCoverage(IEnumerable<string> paths) => _coverage.AddRange(paths);

    private void Add(string path) =>
        (path.EndsWith(CountersEnding, StringComparison.Ordinal) ? _counters : path.EndsWith(FileNames.MapEnding, StringComparison.Ordinal) ? _maps : _coverage).Add(path);

    private void AddFolder(string folder, ICollection<string> failures)
    {
        int before = _coverage.Count + _counters.Count + _maps.Count;
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(path);
                bool isCoverage = name.EndsWith(SancovEnding, StringComparison.Ordinal) && !Array.Exists(OtherNames, other => name.StartsWith(other, StringComparison.Ordinal));
                if (isCoverage || name.EndsWith(SymcovEnding, StringComparison.Ordinal) || name.EndsWith(CountersEnding, StringComparison.Ordinal) || name.EndsWith(FileNames.MapEnding, StringComparison.Ordinal))
                {
                    Add(path);
                }
            }

            // What runs under 'edgewise run --live' has its map in a folder of its own.
            _maps.AddRange(Directory.EnumerateDirectories(folder, FileNames.LiveFolder(null)).Order(StringComparer.Ordinal)
                .SelectMany(static live => Directory.EnumerateFiles(live, "*" + FileNames.MapEnding)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failures.Add($"{folder}: {e.Message}");
            return;
        }

        if (before == _coverage.Count + _counters.Count + _maps.Count)
        {
            failures.Add($"{folder}: no .sancov, .symcov, .counters-sancov or {FileNames.MapEnding} file is in this folder");
        }
    }

    // A run tells where its modules were; one that was named wins over one that is only recorded.
    private void AddRecordedModules(string folder, ICollection<string> failures)
    {
        HashSet<string> named = [.. _coverage.Select(Path.GetFileName).OfType<string>()], seen = [];
        foreach (string record in Directory.EnumerateFiles(folder, "run.*.json").Order(StringComparer.Ordinal))
        {
            foreach (RunModule module in ModulesOf(record, failures))
            {
                if (named.Contains(module.Name) || !seen.Add(module.Path))
                {
                    continue;
                }

                if (File.Exists(module.Path))
                {
                    _coverage.Add(module.Path);
                }
                else
                {
                    failures.Add($"{record}: {module.Name} ran from {(module.Path.Length == 0 ? "a place that is not recorded" : module.Path)}, and is not there; name that module, too");
                }
            }
        }
    }

    private static IReadOnlyList<RunModule> ModulesOf(string record, ICollection<string> failures)
    {
        try
        {
            return RunFile.Read(record).Modules;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CoverageFormatException)
        {
            failures.Add(e.Message.Contains(record, StringComparison.Ordinal) ? e.Message : $"{record}: {e.Message}");
            return [];
        }
    }
}
