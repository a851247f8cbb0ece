using System.Buffers.Binary;
using Edgewise.Runtime.Platform;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Runtime.Formats;

/// <summary>
/// A coverage map in a file: a versioned header, a module table, then from a page on the counters, one byte a point. A process that maps the
/// counters may end in any way; whoever holds the file reads exact counters from it and needs nothing else.
/// </summary>
/// <remarks>
/// All space is allocated before it is mapped, and the file never shrinks. Entries of the table and the size of the counters only grow;
/// the count of modules is raised after the entry behind it is complete, so a reader at any moment sees whole entries.
/// </remarks>
public sealed class MapFile : IDisposable
{
    private const int LargestTable = 64 * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private MapModule[] _modules;
    private long _tableSize;
    private long _tableUsed;

    private MapFile(SafeFileHandle file, string path)
    {
        _file = file;
        Path = path;
        _modules = [];
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>The modules as of <see cref="Open(string)"/> or the last <see cref="Refresh"/>, in the order in which they came.</summary>
    public IReadOnlyList<MapModule> Modules => _modules;

    /// <summary>The process that mapped the file last; zero if none did yet.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Where in the file the counters begin.</summary>
    internal long CountersOffset { get; private set; }

    /// <summary>Bytes of counters that are allocated.</summary>
    internal long CountersSize { get; private set; }

    internal SafeFileHandle Handle => _file;

    /// <summary>
    /// Makes a map file for modules that are known beforehand; a process that is started with its path in <c>EDGEWISE_MAP_FILE</c> maps it.
    /// </summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="modules">The modules; their <see cref="MapModule.Offset"/> is chosen here.</param>
    /// <exception cref="IOException">The file exists, cannot be made, or the file system has no room; no file is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static MapFile Create(string path, IEnumerable<MapModule> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var placed = new List<MapModule>();
        var entries = new List<byte[]>();
        long counters = 0, table = 0;
        foreach (MapModule module in modules)
        {
            placed.Add(module with { Offset = counters });
            entries.Add(MapLayout.Entry(placed[^1]));
            counters += module.PointCount;
            table += entries[^1].Length;
        }

        MapFile map = CreateEmpty(path, table, Math.Max(counters, 1));
        try
        {
            long position = MapLayout.HeaderSize;
            foreach (byte[] entry in entries)
            {
                RandomAccess.Write(map._file, entry, position);
                position += entry.Length;
            }

            map.WriteModuleCount(placed.Count);
            map._tableUsed = table;
            map._modules = [.. placed];
            return map;
        }
        catch (IOException)
        {
            map.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a map file for reading, while a process writes it or after that ended.</summary>
    /// <exception cref="CoverageFormatException">It is no map file, of another version, or damaged.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static MapFile Open(string path) => Open(path, FileAccess.Read);

    /// <summary>Reads header and module table again.</summary>
    /// <exception cref="CoverageFormatException">The file was damaged since.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Refresh()
    {
        byte[] header = new byte[MapLayout.HeaderSize];
        if (ReadFully(header, 0) < header.Length || !header.AsSpan().StartsWith(MapLayout.Magic))
        {
            throw new CoverageFormatException($"{Path}: not a map file: it does not begin with \"EDGEWMAP\" and a header of {header.Length} bytes");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(MapLayout.VersionOffset));
        if (version != MapLayout.Version)
        {
            throw MapLayout.Damaged(Path, MapLayout.VersionOffset, $"version {version}; this program reads version {MapLayout.Version}");
        }

        long tableOffset = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(MapLayout.TableOffsetOffset));
        long tableSize = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(MapLayout.TableSizeOffset));
        long offset = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(MapLayout.CountersOffsetOffset));
        long size = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(MapLayout.CountersSizeOffset));
        long length = RandomAccess.GetLength(_file);
        if (tableOffset != MapLayout.HeaderSize || tableSize is < 0 or > LargestTable || offset < tableOffset + tableSize
            || offset % MapLayout.PageAlignment != 0 || size < 0 || offset > length - size)
        {
            throw MapLayout.Damaged(
                Path,
                MapLayout.TableOffsetOffset,
                $"a table of {tableSize} bytes at {tableOffset} and {size} counters at {offset} in a file of {length} bytes");
        }

        byte[] table = new byte[tableSize];
        int read = ReadFully(table, tableOffset);
        int count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(MapLayout.ModuleCountOffset));
        _modules = MapLayout.ReadTable(table.AsSpan(0, read), count, size, Path);
        _tableSize = tableSize;
        CountersOffset = offset;
        CountersSize = size;
        ProcessId = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(MapLayout.ProcessOffset));
    }

    /// <summary>Reads the counters of a module as they are now.</summary>
    /// <exception cref="CoverageFormatException">The file became shorter than its header tells.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] ReadCounters(MapModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        byte[] counters = new byte[module.PointCount];
        if (ReadFully(counters, CountersOffset + module.Offset) < counters.Length)
        {
            throw MapLayout.Damaged(Path, CountersOffset + module.Offset, $"the file ends within the counters of {module.Name}");
        }

        return counters;
    }

    /// <summary>Closes the file; it stays where it is, and what is mapped stays mapped.</summary>
    public void Dispose() => _file.Dispose();

    internal static MapFile Open(string path, FileAccess access)
    {
        var map = new MapFile(
            File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete), path);
        try
        {
            map.Refresh();
            return map;
        }
        catch (Exception failure) when (failure is IOException or CoverageFormatException)
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>Makes a file without modules, to which <see cref="Append"/> adds them.</summary>
    internal static MapFile CreateEmpty(string path, long tableSize, long countersSize)
    {
        long offset = MapLayout.Align(MapLayout.HeaderSize + tableSize, MapLayout.PageAlignment);
        long size = MapLayout.Align(countersSize, MapLayout.PageAlignment);
        SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            FileSpace.Allocate(file, path, 0, offset + size);
            RandomAccess.Write(file, MapLayout.Header(0, tableSize, offset, size), 0);
            return new MapFile(file, path) { _tableSize = tableSize, CountersOffset = offset, CountersSize = size };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Notes which process writes the counters.</summary>
    internal void WriteProcess(int processId)
    {
        WriteNumber(MapLayout.ProcessOffset, processId);
        ProcessId = processId;
    }

    /// <summary>Allocates more counters behind those that are there.</summary>
    /// <exception cref="IOException">The file system has no room; the file is as it was.</exception>
    internal void Extend(long countersSize)
    {
        long size = MapLayout.Align(countersSize, MapLayout.PageAlignment);
        if (size > CountersSize)
        {
            FileSpace.Allocate(_file, Path, CountersOffset + CountersSize, size - CountersSize);
            byte[] number = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(number, size);
            RandomAccess.Write(_file, number, MapLayout.CountersSizeOffset);
            CountersSize = size;
        }
    }

    /// <summary>Adds a module whose counters are allocated; false where the table is full.</summary>
    internal bool Append(MapModule module)
    {
        byte[] entry = MapLayout.Entry(module);
        if (_tableUsed + entry.Length > _tableSize)
        {
            return false;
        }

        RandomAccess.Write(_file, entry, MapLayout.HeaderSize + _tableUsed);
        _tableUsed += entry.Length;
        WriteModuleCount(_modules.Length + 1);
        _modules = [.. _modules, module];
        return true;
    }

    private int ReadFully(Span<byte> buffer, long offset)
    {
        int done = 0, read;
        while (done < buffer.Length && (read = RandomAccess.Read(_file, buffer[done..], offset + done)) > 0)
        {
            done += read;
        }

        return done;
    }

    private void WriteModuleCount(int count) => WriteNumber(MapLayout.ModuleCountOffset, count);

    private void WriteNumber(long offset, int value)
    {
        byte[] number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, value);
        RandomAccess.Write(_file, number, offset);
    }
}
