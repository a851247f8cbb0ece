using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands.Run;

/// <summary>A folder within the coverage folder in which others find the map of a program while it runs, with point sets beside it. It goes with the run.</summary>
internal sealed class LiveMapFolder : IDisposable
{
    private readonly string _folder;

    /// <summary>Makes the folder.</summary>
    /// <param name="coverageFolder">The coverage folder.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public LiveMapFolder(string coverageFolder)
    {
        _folder = Path.GetFullPath(Path.Combine(coverageFolder, FileNames.LiveFolder(Environment.ProcessId)));
        Directory.CreateDirectory(_folder);
        File.Delete(MapPath);
    }

    /// <summary>Where the map goes.</summary>
    public string MapPath => Path.Combine(_folder, FileNames.Map(Environment.ProcessId));

    /// <summary>Writes the point set of a module; gives its file's name.</summary>
    public string Write(PointSet points)
    {
        string name = FileNames.Points(points.ModuleName, points.IdentityText);
        AtomicFile.Write(Path.Combine(_folder, name), PointSetCodec.Write(points));
        return name;
    }

    /// <summary>Removes the folder; who has the map open keeps it.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
