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
    /// <returns>Null where the process has no address space left.</returns>
    public static CoverageMap? Make(string? mapFile, RuntimeOptions options, Action<string> notice)
    {
        if (!string.IsNullOrEmpty(mapFile))
        {
            return TryMap(mapFile, notice, () => OpenParents(mapFile, notice)) ?? MakePrivate(notice);
        }

        if (options is { Coverage: true, Direct: true })
        {
            return TryMap(options.Directory, notice, () => CreateOwn(options.Directory, notice)) ?? MakePrivate(notice);
        }

        return MakePrivate(notice);
    }

    /// <summary>A map of private memory.</summary>
    public static CoverageMap? MakePrivate(Action<string> notice)
    {
        if (AddressSpace.Reserve() is { } space)
        {
            return new CoverageMap(space);
        }

        notice("no addresses left for a coverage map; each module counts in memory of its own");
        return null;
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

    private static CoverageMap OpenParents(string path, Action<string> notice)
    {
        MapFile file = MapFile.Open(path, FileAccess.ReadWrite);
        AddressSpace space = PlaceOver(file);
        file.WriteProcess(Environment.ProcessId);
        return new CoverageMap(space, new MapFileBacking(file, null, notice));
    }

    private static CoverageMap CreateOwn(string directory, Action<string> notice)
    {
        directory = Path.GetFullPath(directory);
        Directory.CreateDirectory(directory);
        MapFile file = MapFile.CreateEmpty(
            FreePath(directory), TableSize, OperatingSystem.IsLinux() ? FirstCounters : PortableCounters);
        try
        {
            AddressSpace space = PlaceOver(file);
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

    private static AddressSpace PlaceOver(MapFile file)
    {
        if (AddressSpace.Reserve() is LinuxAddressSpace low)
        {
            return file.CountersSize <= low.Size && low.Place(file, 0, file.CountersOffset, file.CountersSize)
                ? low
                : throw new IOException($"{file.Path}: {file.CountersSize} counters cannot be mapped");
        }

        return PortableAddressSpace.Over(file);
    }

    /// <summary>Process ids come again; a map that an earlier process left was not read back yet and is kept.</summary>
    private static string FreePath(string directory)
    {
        string path = Path.Combine(directory, FileNames.Map(Environment.ProcessId));
        for (int attempt = 2; File.Exists(path); attempt++)
        {
            path = Path.Combine(
                directory, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{attempt}.edgewise-map"));
        }

        return path;
    }
}
