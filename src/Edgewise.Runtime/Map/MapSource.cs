using System.Globalization;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Options;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <summary>Makes the map of a process: in the file of a parent, in a file of its own, or in private memory, whichever is asked for and works.</summary>
internal static class MapSource
{
    /// <summary>The environment variable with the path of a parent's map file.</summary>
    public const string Variable = "EDGEWISE_MAP_FILE";

    private const string Loss = "the counters are in private memory and end with the process";
    private const int TableSize = 1 << 20;
    private const int FirstCounters = 1 << 20;
    private const int PortableCounters = 16 << 20;

    /// <summary>Makes the map.</summary>
    /// <param name="mapFile">Path of a parent's map file, or null.</param>
    /// <param name="options">Whether and where this process makes a file of its own.</param>
    /// <param name="notice">Takes one line where a file was asked for and cannot be had.</param>
    /// <param name="size">Addresses to reserve, where the system does that without memory.</param>
    /// <returns>Null where the process has no addresses left.</returns>
    public static CoverageMap? Make(string? mapFile, RuntimeOptions options, Action<string> notice, long size = AddressSpace.LargestSize)
    {
        AddressSpace? space = AddressSpace.Reserve(size);
        if (space is null)
        {
            notice("no addresses left for a coverage map; each module counts in memory of its own");
            return null;
        }

        CoverageMap? map = null;
        if (!string.IsNullOrEmpty(mapFile))
        {
            map = TryMap(mapFile, notice, () => OpenParents(space, mapFile, notice));
        }
        else if (options is { Coverage: true, Direct: true })
        {
            map = TryMap(options.Directory, notice, () => CreateOwn(space, options.Directory, notice));
        }

        return map ?? new CoverageMap(space);
    }

    private static CoverageMap? TryMap(string path, Action<string> notice, Func<CoverageMap> map)
    {
        try
        {
            return map();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CoverageFormatException or NotSupportedException or ArgumentException)
        {
            notice(failure.Message.Contains(path, StringComparison.Ordinal) ? $"{failure.Message}; {Loss}" : $"{path}: {failure.Message}; {Loss}");
            return null;
        }
    }

    private static CoverageMap OpenParents(AddressSpace space, string path, Action<string> notice)
    {
        MapFile file = MapFile.Open(path, FileAccess.ReadWrite);
        space = PlaceOver(space, file);
        file.WriteProcess(Environment.ProcessId);
        return new CoverageMap(space, new MapFileBacking(file, null, notice));
    }

    private static CoverageMap CreateOwn(AddressSpace space, string directory, Action<string> notice)
    {
        directory = Path.GetFullPath(directory);
        Directory.CreateDirectory(directory);
        MapFile file = MapFile.CreateEmpty(
            FreePath(directory), TableSize, OperatingSystem.IsLinux() ? FirstCounters : PortableCounters);
        try
        {
            space = PlaceOver(space, file);
            file.WriteProcess(Environment.ProcessId);
            return new CoverageMap(space, new MapFileBacking(file, directory, notice));
        }
        catch (IOException)
        {
            file.Dispose();
            File.Delete(file.Path);
            throw;
        }
    }

    /// <summary>Puts the file's counters at the start of the addresses; where the system cannot do that, at addresses of its choice.</summary>
    private static AddressSpace PlaceOver(AddressSpace space, MapFile file)
    {
        if (space is PortableAddressSpace)
        {
            PortableAddressSpace view = PortableAddressSpace.Over(file);
            space.Release();
            return view;
        }

        return file.CountersSize <= space.Size && space.Place(file, 0, file.CountersOffset, file.CountersSize)
            ? space
            : throw new IOException($"{file.Path}: {file.CountersSize} counters cannot be mapped");
    }

    /// <summary>Process ids come again; a map that an earlier process left was not read back yet and is kept.</summary>
    private static string FreePath(string directory)
    {
        string path = Path.Combine(directory, FileNames.Map(Environment.ProcessId));
        for (int attempt = 2; File.Exists(path); attempt++)
        {
            path = Path.Combine(
                directory, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{attempt}{FileNames.MapEnding}"));
        }

        return path;
    }
}
