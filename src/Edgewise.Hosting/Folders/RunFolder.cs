using Edgewise.Hosting.Images;
using Edgewise.Hosting.Programs;

namespace Edgewise.Hosting.Folders;

/// <summary>
/// A folder that looks like a program's own, made of links, in which some assemblies are the instrumented ones. One for each run; removed with it.
/// </summary>
public sealed class RunFolder : IDisposable
{
    internal const string ParentName = "runs";
    private const string OwnerName = "owner";
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private readonly string _root;
    private readonly FileStream _owner;
    private readonly LinkedFiles _links = new();
    private bool _isRemoved;

    private RunFolder(string root, TargetProgram program)
    {
        _root = root;
        _owner = new FileStream(Path.Combine(root, OwnerName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        ProgramPath = Path.Combine(AppFolder, program.FileName);
    }

    /// <summary>The program's assembly in this folder.</summary>
    public string ProgramPath { get; }

    /// <summary>The Runtime in this folder, to be named as the startup hook.</summary>
    public string RuntimePath => Path.Combine(AppFolder, "Edgewise.Runtime.dll");

    /// <summary>Where the map file of the run belongs.</summary>
    public string MapPath => Path.Combine(_root, "coverage.map");

    private string AppFolder => Path.Combine(_root, "app");

    /// <summary>Makes the folder.</summary>
    /// <param name="cache">Where to.</param>
    /// <param name="program">Whose folder it shall look like.</param>
    /// <param name="images">The instrumented images by the assembly they stand for.</param>
    /// <param name="runtimePath">The Runtime that this tool brought.</param>
    /// <exception cref="HostingException">A file cannot be linked.</exception>
    public static RunFolder Create(
        CacheFolder cache, TargetProgram program, IReadOnlyDictionary<ProgramAssembly, InstrumentedModule> images, string runtimePath)
    {
        string parent = Path.Combine(cache.Path, ParentName);
        string root = Path.Combine(parent, Path.GetRandomFileName());
        RunFolder? folder = null;
        try
        {
            CreatePrivate(root);
            RemoveAbandoned(parent);
            folder = new RunFolder(root, program);
            folder.Fill(program, images, runtimePath, cache.Path);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder?.Dispose();
            throw new HostingException($"{root}: the run folder for {program.Path} cannot be made: {e.Message}", e);
        }
    }

    /// <summary>Removes the links and the map.</summary>
    /// <returns>Full paths of the files that the program made in the folder; they are left where they are.</returns>
    public IReadOnlyList<string> RemoveLinks()
    {
        if (_isRemoved)
        {
            return [];
        }

        _isRemoved = true;
        return Remove(_root, _links, _owner);
    }

    /// <summary>Removes the links where <see cref="RemoveLinks"/> did not; what a program that was never waited for made there stays too.</summary>
    public void Dispose() => RemoveLinks();

    private void Fill(
        TargetProgram program, IReadOnlyDictionary<ProgramAssembly, InstrumentedModule> images, string runtimePath, string cachePath)
    {
        // By path below the program's folder: what stands there instead, or null for nothing.
        var replaced = new Dictionary<string, string?>(StringComparer.Ordinal) { [Path.GetFileName(RuntimePath)] = runtimePath };
        foreach ((ProgramAssembly assembly, InstrumentedModule module) in images)
        {
            replaced[assembly.RelativePath] = module.ImagePath;
            replaced[Path.ChangeExtension(assembly.RelativePath, ".pdb")] = module.PdbPath;
        }

        LinkFolder(program, "", replaced, cachePath);
        foreach ((string relative, string? source) in replaced)
        {
            if (source is not null)
            {
                Link(Path.Combine(AppFolder, relative), source, allowSymbolic: relative != program.FileName);
            }
        }

        _links.Save(_owner);
    }

    private void LinkFolder(TargetProgram program, string relative, Dictionary<string, string?> replaced, string cachePath)
    {
        string folder = Path.Combine(AppFolder, relative);
        Directory.CreateDirectory(folder);
        foreach (FileSystemInfo entry in new DirectoryInfo(Path.Combine(program.Folder, relative)).EnumerateFileSystemInfos())
        {
            string below = Path.Combine(relative, entry.Name);
            string path = Path.Combine(AppFolder, below);
            if (entry.FullName == cachePath || replaced.ContainsKey(below))
            {
                continue;
            }

            if (entry is not DirectoryInfo)
            {
                Link(path, entry.FullName, allowSymbolic: below != program.FileName);
            }
            else if (!HoldsReplaced(below, replaced) && !cachePath.StartsWith(entry.FullName, StringComparison.Ordinal) && FileLink.TryCreateFolder(path, entry.FullName))
            {
                _links.Add(path, entry.FullName);
            }
            else
            {
                LinkFolder(program, below, replaced, cachePath);
            }
        }
    }

    private static bool HoldsReplaced(string folder, Dictionary<string, string?> replaced) =>
        replaced.Keys.Any(k => k.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private void Link(string path, string source, bool allowSymbolic)
    {
        FileLink.Create(path, source, allowSymbolic);
        _links.Add(path, source);
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Removes run folders whose process did not live to do so. The owner file is locked as long as that process lives.</summary>
    private static void RemoveAbandoned(string parent)
    {
        foreach (string root in Directory.EnumerateDirectories(parent))
        {
            string path = Path.Combine(root, OwnerName);
            try
            {
                // A program may outlive the process that watched it: a day is granted to it.
                if (File.Exists(path) && DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > AbandonedAfter)
                {
                    FileStream owner = new(path, FileMode.Open, FileAccess.Read, FileShare.None);
                    Remove(root, LinkedFiles.Load(owner), owner);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process lives in it, or is just removing it.
            }
        }
    }

    private static IReadOnlyList<string> Remove(string root, LinkedFiles links, FileStream owner)
    {
        string app = Path.Combine(root, "app");
        IReadOnlyList<string> kept = Directory.Exists(app) ? links.Remove(app) : [];
        File.Delete(Path.Combine(root, "coverage.map"));
        owner.Dispose();
        File.Delete(Path.Combine(root, OwnerName));
        if (kept.Count == 0)
        {
            Directory.Delete(root, recursive: true);
        }

        return kept;
    }
}
