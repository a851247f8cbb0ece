using Edgewise.Report;
using Edgewise.Report.Inputs;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands.Report;

/// <summary>The maps among the inputs of a report. What is in them becomes <c>.sancov</c> files in a temporary folder, which are read and checked like any other.</summary>
internal sealed class ReportMaps : IDisposable
{
    private const string NativeEnding = ".native";

    private readonly List<IReportMap> _maps = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("edgewise-report-").FullName;

    private ReportMaps() { }

    /// <summary>How many maps there are.</summary>
    public int Count => _maps.Count;

    /// <summary>Opens the maps, and adds their files and modules to the inputs.</summary>
    /// <param name="files">The inputs.</param>
    /// <param name="failures">Receives what is wrong with a map; the others are read all the same.</param>
    public static ReportMaps Open(InputFiles files, ICollection<string> failures)
    {
        ReportMaps maps = new();
        for (int i = 0; i < files.Maps.Count; i++)
        {
            string path = files.Maps[i];
            try
            {
                IReportMap map = File.Exists(path + NativeEnding) ? new ReportNativeMap(path) : new ReportManagedMap(path);
                maps._maps.Add(map);
                files.AddCoverage(map.Dump(Directory.CreateDirectory(Path.Combine(maps._folder, $"{i}")).FullName));
                files.AddCoverage(map.ModulePaths.Where(module => File.Exists(module) && !files.Coverage.Any(known => Path.GetFileName(known) == Path.GetFileName(module))));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CoverageFormatException)
            {
                failures.Add(e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}");
            }
        }

        return maps;
    }

    /// <summary>The counters as they are.</summary>
    /// <exception cref="CoverageFormatException">A map was damaged since.</exception>
    /// <exception cref="IOException">A map cannot be read any more.</exception>
    public IReadOnlyList<PointHits> Read() => [.. _maps.SelectMany(static map => map.Read())];

    /// <summary>Closes the maps, and removes what was made of them.</summary>
    public void Dispose()
    {
        _maps.ForEach(static map => map.Dispose());
        Directory.Delete(_folder, recursive: true);
    }
}
