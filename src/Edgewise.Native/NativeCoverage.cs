using System.Buffers.Binary;
using Edgewise.Native.Tables;
using Edgewise.Runtime.Formats;

namespace Edgewise.Native;

/// <summary>
/// What the native runtime counted and saw: of a target in this process, or of another process through its map file, while that runs and after it
/// ended in whatever way.
/// </summary>
/// <remarks>Spans are views of memory that the target writes, and are valid until <see cref="Refresh"/> or <see cref="Dispose"/>.</remarks>
public sealed unsafe class NativeCoverage : IDisposable
{
    private readonly TablesMemory _tables;
    private readonly TablesMemory _map;
    private readonly long _countersOffset;
    private NativeObject[] _objects = [];
    private NativeModule[] _modules = [];

    private NativeCoverage(TablesMemory tables, TablesMemory map, bool isFile)
    {
        _tables = tables;
        _map = map;
        ReadOnlySpan<byte> header = tables.Slice(0, TablesLayout.HeaderSize);
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(header[TablesLayout.VersionOffset..]);
        if (!header.StartsWith(TablesLayout.Magic) || version != TablesLayout.Version)
        {
            throw new CoverageFormatException($"{tables.Source}: offset 0: \"EWNATIVE\" and version {TablesLayout.Version} expected");
        }

        _countersOffset = isFile ? BinaryPrimitives.ReadInt64LittleEndian(header[(TablesLayout.HeaderSize - sizeof(long))..]) : 0;
        if (_countersOffset < 0 || _countersOffset > map.Size)
        {
            throw new CoverageFormatException($"{tables.Source}: offset {TablesLayout.HeaderSize - sizeof(long)}: counters at {_countersOffset} of a map of {map.Size} bytes");
        }

        Refresh();
    }

    /// <summary>The process that counts.</summary>
    public int ProcessId => BinaryPrimitives.ReadInt32LittleEndian(_tables.Slice(TablesLayout.ProcessOffset, sizeof(int)));

    /// <summary>Objects that are known so far.</summary>
    public IReadOnlyList<NativeObject> Objects => _objects;

    /// <summary>Arrays of points that were registered so far.</summary>
    public IReadOnlyList<NativeModule> Modules => _modules;

    /// <summary>Opens the map file of a process, and the tables beside it.</summary>
    /// <param name="mapPath">The map, <c>PID.edgewise-map</c>.</param>
    /// <exception cref="CoverageFormatException">The file is none of the native runtime's, of another version, or damaged.</exception>
    /// <exception cref="IOException">One of the files cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">One of the files may not be opened.</exception>
    public static NativeCoverage Open(string mapPath)
    {
        TablesMemory? tables = null, map = null;
        try
        {
            using (MapFile.Open(mapPath))
            {
                // Checks the header and the module table, and says what is wrong there.
            }

            tables = new TablesMemory(mapPath + TablesLayout.FileEnding);
            map = new TablesMemory(mapPath);
            return new NativeCoverage(tables, map, isFile: true);
        }
        catch (Exception failure) when (failure is IOException or CoverageFormatException or UnauthorizedAccessException)
        {
            tables?.Dispose();
            map?.Dispose();
            throw;
        }
    }

    /// <summary>Reads again which objects and modules there are.</summary>
    /// <exception cref="CoverageFormatException">The tables are damaged.</exception>
    public void Refresh()
    {
        _tables.Refresh();
        _map.Refresh();
        TableRegion objects = TableRegion.Read(_tables, 0, TablesLayout.ObjectSize);
        var found = new NativeObject[objects.Count];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = SlotReader.Object(i + 1, _tables.Slice(objects.Offset + ((long)i * TablesLayout.ObjectSize), TablesLayout.ObjectSize));
        }

        TableRegion modules = TableRegion.Read(_tables, 1, TablesLayout.ModuleSize);
        var arrays = new NativeModule[modules.Count];
        for (int i = 0; i < arrays.Length; i++)
        {
            arrays[i] = ReadModule(modules.Offset + ((long)i * TablesLayout.ModuleSize), found);
        }

        _objects = found;
        _modules = arrays;
    }

    /// <summary>The counters of a module as they are, a byte a point; in a file zeros, where the process could not map them.</summary>
    /// <exception cref="CoverageFormatException">The map file is damaged.</exception>
    public ReadOnlySpan<byte> Counters(NativeModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.Address != 0
            ? new ReadOnlySpan<byte>((void*)module.Address, module.PointCount)
            : _map.Slice(_countersOffset + module.FirstPoint, module.PointCount);
    }

    /// <summary>The PC of a point, its address in the ELF file; 0 where it is not known.</summary>
    public ulong Pc(NativeModule module, int point) => Pcs(module, point, 1, out _) & TablesLayout.PlaceMask;

    /// <summary>True where a function begins at the point; known where there is a <c>pc-table</c>.</summary>
    public bool IsEntry(NativeModule module, int point) => (Pcs(module, point, 1, out _) & TablesLayout.EntryFlag) != 0;

    /// <summary>The PCs of the points that were reached, ascending; without those whose PC is not known.</summary>
    public IReadOnlyList<ulong> CoveredPcs(NativeModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        Pcs(module, 0, module.PointCount, out ReadOnlySpan<byte> pcs);
        ReadOnlySpan<byte> counters = Counters(module);
        var covered = new List<ulong>();
        for (int i = 0; i < module.PointCount; i++)
        {
            ulong pc = BinaryPrimitives.ReadUInt64LittleEndian(pcs[(i * sizeof(ulong))..]);
            bool isReached = counters[i] != 0 || (pc & TablesLayout.SeenFlag) != 0 || module.Kind == NativeModuleKind.Guards2016;
            if (isReached && (pc & TablesLayout.PlaceMask) != 0)
            {
                covered.Add(pc & TablesLayout.PlaceMask);
            }
        }

        covered.Sort();
        return covered;
    }

    /// <summary>What sites saw last: compares, switches, divisors, indices, accesses.</summary>
    /// <param name="lost">How many calls found no room in the table.</param>
    public IReadOnlyList<NativeCompare> Compares(out uint lost)
    {
        TableRegion sites = TableRegion.Read(_tables, 2, TablesLayout.SiteSize), cases = TableRegion.Read(_tables, 5, sizeof(ulong));
        var found = new List<NativeCompare>();
        Span<byte> copy = stackalloc byte[TablesLayout.SiteSize];
        for (int i = 0; sites.Count > 0 && i < sites.Capacity; i++)
        {
            if (SlotReader.TryCopy(_tables.Slice(sites.Offset + ((long)i * TablesLayout.SiteSize), TablesLayout.SiteSize), copy))
            {
                int count = BinaryPrimitives.ReadInt32LittleEndian(copy[36..]);
                long first = BinaryPrimitives.ReadInt64LittleEndian(copy[40..]);
                ulong[] values = count > 0 && first >= 0 && first <= cases.Count - count ? ReadCases(cases, first, count) : [];
                found.Add(SlotReader.Compare(copy, Place(copy), values));
            }
        }

        lost = sites.Lost;
        return found;
    }

    /// <summary>What comparisons of memory and strings saw last.</summary>
    /// <param name="lost">How many calls found no room in the table.</param>
    public IReadOnlyList<NativeSequence> Sequences(out uint lost)
    {
        TableRegion sequences = TableRegion.Read(_tables, 3, TablesLayout.SequenceSize);
        var found = new List<NativeSequence>();
        Span<byte> copy = stackalloc byte[TablesLayout.SequenceSize];
        for (int i = 0; sequences.Count > 0 && i < sequences.Capacity; i++)
        {
            if (SlotReader.TryCopy(_tables.Slice(sequences.Offset + ((long)i * TablesLayout.SequenceSize), TablesLayout.SequenceSize), copy))
            {
                found.Add(SlotReader.Sequence(copy, Place(copy)));
            }
        }

        lost = sequences.Lost;
        return found;
    }

    /// <summary>The indirect calls that were made.</summary>
    /// <param name="lost">How many found no room in the table.</param>
    public IReadOnlyList<NativeCall> Calls(out uint lost)
    {
        TableRegion calls = TableRegion.Read(_tables, 4, TablesLayout.CallSize);
        var found = new List<NativeCall>();
        for (int i = 0; calls.Count > 0 && i < calls.Capacity; i++)
        {
            ReadOnlySpan<byte> record = _tables.Slice(calls.Offset + ((long)i * TablesLayout.CallSize), TablesLayout.CallSize);
            if (BinaryPrimitives.ReadUInt64LittleEndian(record) != 0)
            {
                found.Add(new NativeCall(Place(record), Place(record[sizeof(ulong)..])));
            }
        }

        lost = calls.Lost;
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tables.Dispose();
        _map.Dispose();
    }

    /// <summary>The tables of a target in this process.</summary>
    internal static NativeCoverage OfThisProcess(nint tables, nint counters, string path) =>
        new(new TablesMemory((byte*)tables, path), new TablesMemory((byte*)counters, path), isFile: false);

    private ulong Pcs(NativeModule module, int first, int count, out ReadOnlySpan<byte> span)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(first + count), (uint)module.PointCount);
        TableRegion pcs = TableRegion.Read(_tables, 6, sizeof(ulong));
        span = _tables.Slice(pcs.Offset + ((module.FirstPoint + first) * sizeof(ulong)), (long)count * sizeof(ulong));
        return count == 0 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(span);
    }

    private NativeModule ReadModule(long offset, NativeObject[] objects)
    {
        ReadOnlySpan<byte> record = _tables.Slice(offset, TablesLayout.ModuleSize);
        int number = BinaryPrimitives.ReadInt32LittleEndian(record), kind = BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
        long first = BinaryPrimitives.ReadInt64LittleEndian(record[8..]), count = BinaryPrimitives.ReadInt64LittleEndian(record[16..]);
        if (number < 1 || number > objects.Length || first < 0 || count is < 0 or > int.MaxValue / sizeof(ulong) || first > int.MaxValue)
        {
            throw new CoverageFormatException($"{_tables.Source}: offset {offset}: {count} points at {first} of object {number}, where {objects.Length} objects are known");
        }

        bool isMapped = BinaryPrimitives.ReadInt32LittleEndian(record[32..]) != 0;
        return new NativeModule(
            objects[number - 1],
            Enum.IsDefined((NativeModuleKind)kind) ? (NativeModuleKind)kind : NativeModuleKind.Unknown,
            first,
            (int)count,
            BinaryPrimitives.ReadInt32LittleEndian(record[36..]) != 0)
        {
            Address = isMapped || _countersOffset != 0 ? 0 : (nint)BinaryPrimitives.ReadInt64LittleEndian(record[24..]),
        };
    }

    private ulong[] ReadCases(TableRegion cases, long first, int count)
    {
        ReadOnlySpan<byte> bytes = _tables.Slice(cases.Offset + (first * sizeof(ulong)), (long)count * sizeof(ulong));
        ulong[] values = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        }

        return values;
    }

    private NativePlace Place(ReadOnlySpan<byte> record)
    {
        ulong place = BinaryPrimitives.ReadUInt64LittleEndian(record);
        int number = (int)(place >> TablesLayout.PlaceBits);
        return new NativePlace(number > 0 && number <= _objects.Length ? _objects[number - 1] : null, place & TablesLayout.PlaceMask);
    }
}
