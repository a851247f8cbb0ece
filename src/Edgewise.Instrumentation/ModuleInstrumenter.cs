using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Passes;
using Edgewise.Instrumentation.Pdb;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation;

/// <summary>Instruments one module: all its bodies into a new section, then the holder, the pc-table, the point set and the metadata.</summary>
internal sealed class ModuleInstrumenter
{
    private const int RvaColumn = 0;
    private const int ImplFlagsColumn = 1;
    private const int FlagsColumn = 2;
    private const int NameColumn = 3;
    private const int CodeTypeMask = 0x3;
    private const int NoInliningOrOptimization = 0x48;
    private const int AggressiveInlining = 0x100;
    private const int AggressiveInliningOrOptimization = 0x300;
    private const int RuntimeAsync = 0x2000;
    private const int VirtualFlag = 0x40;

    private readonly PeImage _image;
    private readonly string _moduleName;
    private readonly InstrumentationOptions _options;
    private readonly MetadataImage _metadata;
    private readonly DebugInformation _debug;
    private readonly MethodNames _names;
    private readonly HashSet<int> _asyncMethods;
    private readonly MethodDocuments? _documents;
    private readonly HolderRows _holder;
    private readonly ModuleProbes _probes;
    private readonly ByteBuffer _section;
    private readonly OffsetMap _moves;
    private readonly PointSetBuilder _points;
    private readonly MethodInstrumenter _methods;
    private readonly SiteSet _sites = new();
    private readonly SiteStatistics _statistics = new();
    private readonly HashSet<int> _rowsWithSites = [];
    private readonly ControlFlowTable? _controlFlow;
    private readonly RedirectPass? _redirects;
    private MetadataReader? _reader;
    private readonly List<RvaRange> _dead = [];
    private readonly List<MethodLeftOut> _leftOut = [];
    private readonly uint[] _newRvas;
    private readonly int[] _originalRvas;
    private bool _keepsOldBodies;
    private int _methodCount;
    private int _ignoredCount;

    /// <summary>Reads a module and appends the rows that it needs.</summary>
    /// <param name="image">The original image.</param>
    /// <param name="pdb">The portable PDB beside it, or null.</param>
    /// <param name="moduleName">File name with extension.</param>
    /// <param name="options">What to insert.</param>
    /// <param name="pass">Makes one more probe, which stands behind those of the features; null: none.</param>
    /// <param name="references">Tells of enumerations of other assemblies; null: they stay unknown.</param>
    /// <exception cref="InstrumentationException">The module as a whole cannot be instrumented.</exception>
    public ModuleInstrumenter(
        byte[] image, byte[]? pdb, string moduleName, InstrumentationOptions options, Func<HolderRows, PointProbe>? pass = null,
        ReferencedTypes? references = null)
    {
        _image = PeImage.Read(image);
        _moduleName = moduleName;
        if (options.Features.HasFlag(CoverageFeatures.TracePcEntryExit))
        {
            // Entries and exits are told by the number of the entry's point.
            options = options with { PruneEntry = false };
        }

        _options = options;
        RvaRange root = _image.Metadata;
        int length = root.End - root.Start;
        _metadata = MetadataImage.Read(image, _image.OffsetOf(root.Start, length), length);
        RefuseUnsuitable();
        _debug = ReadDebugInformation(image, pdb);
        _dead.Add(root);
        _names = new MethodNames(_metadata);
        _asyncMethods = options.KeepInlined ? AsyncMethods.Find(_metadata) : [];
        _documents = options.Selection.NeedsSources && _debug.Pdb is { } symbols
            ? new MethodDocuments(MetadataImage.Read(symbols, 0, symbols.Length, "PDB")) : null;
        int rows = _metadata.RowCount(TableIndex.MethodDef);
        _newRvas = new uint[rows];
        _originalRvas = new int[rows];
        _moves = new OffsetMap(rows);
        _points = new PointSetBuilder(rows);
        _section = new ByteBuffer(image.Length);
        _holder = new HolderRows(_metadata);
        _probes = new ModuleProbes(_holder, options, _points, pass);
        SiteInserter? sites = _probes.SitePasses.Count == 0 ? null
            : new SiteInserter(_probes.SitePasses, ReadMetadata(), references, _statistics) { IsGated = _probes.IsGated };
        _controlFlow = options.Features.HasFlag(CoverageFeatures.ControlFlow) ? new ControlFlowTable(ReadMetadata(), references) : null;
        _redirects = options.Redirections is { } table ? new RedirectPass(_holder, table) : null;
        _methods = new MethodInstrumenter(
            options, _probes.Probe, sites, _sites, _holder, new LocalSignatures(_metadata), _points, _moves, _section, _controlFlow,
            _probes.EntryExit, _probes.EntryExit is null ? null : ReadMetadata(), _redirects, _probes.Thread, _probes.PointsTakeThread);
    }

    /// <summary>Instruments the module.</summary>
    public InstrumentationResult Run()
    {
        InstrumentBodies();
        PointSet points = _points.Build(_moduleName, SHA256.HashData(_image.Bytes), _options, _sites.ToArray());
        WriteHolder(points);
        RewrittenDebugInformation rewritten = _debug.Rewrite(_moves, RowCounts(), 1);
        DebugDirectoryWriter directory = new(_image, _debug, rewritten);
        directory.PlaceData(_section);
        RvaRange root = WriteMetadata(points);

        List<PeSection> pieces = LivePieces.Cut(_image, _dead);
        PeWriter writer = new(_image, pieces, _section.AsSpan());
        writer.PatchCorHeader(root);
        directory.Patch(writer);
        return new InstrumentationResult(
            writer.Output, rewritten.Pdb, points, _methodCount, _ignoredCount, _leftOut, _debug.Warning is { } warning ? [warning] : [],
            _holder.RefersTo(RuntimeCallbacks.Class.AssemblyName), _statistics.All, _redirects?.Sites);
    }

    private void RefuseUnsuitable()
    {
        if (HolderRows.IsInstrumented(_metadata))
        {
            throw new InstrumentationException(ModuleDiagnostics.AlreadyInstrumented, "instrumented already; pass the original");
        }

        if (_metadata.RowCount(TableIndex.Assembly) == 0)
        {
            throw new InstrumentationException(ModuleDiagnostics.MultiModule, "a module of a multi-module assembly (.netmodule), which .NET does not load");
        }

        for (int row = 1; row <= _metadata.RowCount(TableIndex.File); row++)
        {
            if ((_metadata.GetCell(TableIndex.File, row, 0) & 1) == 0)
            {
                string name = _metadata.GetString(_metadata.GetCell(TableIndex.File, row, 1));
                throw new InstrumentationException(ModuleDiagnostics.MultiModule, $"a multi-module assembly (it has the module {name}), which .NET does not load");
            }
        }

        if (_metadata.GetString(_metadata.GetCell(TableIndex.Assembly, 1, 7)) == "System.Private.CoreLib")
        {
            throw new InstrumentationException(ModuleDiagnostics.CoreLibrary, "the core library, on which the probes themselves stand, cannot be instrumented");
        }
    }

    // Not disposed: it owns nothing but the array.
    private MetadataReader ReadMetadata() =>
        _reader ??= new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(_image.Bytes)).GetMetadataReader();

    private static DebugInformation ReadDebugInformation(byte[] image, byte[]? pdb)
    {
        DebugInformation debug = DebugInformation.Read(image, pdb);
        return debug.Kind == DebugInformationKind.OtherBuild
            ? throw new InstrumentationException(
                ModuleDiagnostics.PdbOfAnotherBuild, "the PDB beside it is of another build; build again, or remove the PDB")
            : debug;
    }

    private void InstrumentBodies()
    {
        MetadataTable table = _metadata.Table(TableIndex.MethodDef);
        int rows = _newRvas.Length;
        uint[] rvas = new uint[rows];
        uint[] implFlags = new uint[rows];
        TableColumn rvaColumn = table.Column(RvaColumn);
        TableColumn flagsColumn = table.Column(ImplFlagsColumn);
        for (int row = 1; row <= rows; row++)
        {
            rvas[row - 1] = _newRvas[row - 1] = rvaColumn[row];
            implFlags[row - 1] = flagsColumn[row];
            _originalRvas[row - 1] = (implFlags[row - 1] & CodeTypeMask) == 0 ? (int)rvas[row - 1] : 0;
        }

        BodyOrder order = new(rvas);
        Dictionary<uint, int> firstRows = [];
        for (int row = 1; row <= rows; row++)
        {
            // RVA 0: abstract, P/Invoke, or given by the runtime (UnsafeAccessor). A code type other than IL has no body to read.
            if (rvas[row - 1] == 0 || (implFlags[row - 1] & CodeTypeMask) != 0)
            {
                continue;
            }

            _methodCount++;
            if (_options.KeepFrames && (implFlags[row - 1] & RuntimeAsync) == 0)
            {
                implFlags[row - 1] = (implFlags[row - 1] & ~(uint)AggressiveInliningOrOptimization) | NoInliningOrOptimization;
                _metadata.SetCell(TableIndex.MethodDef, row, ImplFlagsColumn, implFlags[row - 1]);
            }

            int first = order.IsShared(row) && !firstRows.TryAdd(rvas[row - 1], row) ? firstRows[rvas[row - 1]] : 0;
            if (first != 0 && !_rowsWithSites.Contains(first))
            {
                Share(row, first);
            }
            else
            {
                InstrumentBody(row, (int)rvas[row - 1], order.NextRva(row), implFlags[row - 1], first);
            }
        }

        _metadata.OverrideColumn(TableIndex.MethodDef, RvaColumn, _newRvas);
    }

    private void Share(int row, int first)
    {
        _newRvas[row - 1] = _newRvas[first - 1];
        if (_moves.IsMoved(first))
        {
            _moves.Share(row, first);
        }
    }

    // Compilers give equal bodies one place, be their methods' parameters of different types or not: what is traced depends on those types.
    private void InstrumentBody(int row, int rva, int nextRva, uint implFlags, int firstRow)
    {
        try
        {
            ReadOnlySpan<byte> image = _image.Bytes;
            int offset = _image.OffsetOf(rva, 1);
            _methods.Read(image, offset);
            if (rva + _methods.Body.TotalSize > nextRva || _image.OffsetOf(rva, _methods.Body.TotalSize) != offset)
            {
                throw new BodyException(BodyException.Overlap, "the body overlaps another one, or its section's end");
            }

            bool chosen = HasPoints && (firstRow != 0 || IsChosen(row));
            int position = chosen ? _methods.Instrument(image, row, rva, implFlags, firstRow) : _methods.Copy(image, row);
            _newRvas[row - 1] = (uint)(_image.NextSectionRva + position);
            if (firstRow == 0)
            {
                _dead.Add(new RvaRange(rva, rva + _methods.Body.TotalSize));
            }

            if (chosen && _methods.HasSites)
            {
                _rowsWithSites.Add(row);
            }

            if (!chosen)
            {
                _ignoredCount += HasPoints ? 1 : 0;
            }
            else if ((implFlags & (NoInliningOrOptimization | AggressiveInlining | RuntimeAsync)) == 0
                && _methods.WasInlined(image) && !(_options.KeepInlined && KeepsItsFrame(row)))
            {
                _metadata.SetCell(TableIndex.MethodDef, row, ImplFlagsColumn, implFlags | AggressiveInlining);
            }
        }
        catch (BodyException exception)
        {
            _keepsOldBodies = true;
            _leftOut.Add(new MethodLeftOut(0x06000000 | row, _names.Of(row), exception.Id, exception.Message));
        }
    }

    // Lambdas, and virtual methods, are called through delegates and slots, which the JIT sees through more often where it is told to inline.
    // Even where speed is preferred, their frames are worth more; so are those of async methods.
    private bool KeepsItsFrame(int row) =>
        (_methods.Body.Calls && (_metadata.GetCell(TableIndex.MethodDef, row, FlagsColumn) & VirtualFlag) != 0)
        || _asyncMethods.Contains(row)
        || _metadata.GetStringBytes(_metadata.GetCell(TableIndex.MethodDef, row, NameColumn)) is [(byte)'<', ..];

    private bool HasPoints => _redirects is null || _options.Features != CoverageFeatures.None;

    private bool IsChosen(int row) =>
        _options.Selection.IsEverything || _options.Selection.Includes(_names.Of(row), _documents?.Find(row));

    private void WriteHolder(PointSet points)
    {
        HolderConstructor constructor = new(_holder, points.Identity, points.PointCount, _probes.Inits());
        if (_probes.NeedsPcTable)
        {
            _section.Align(sizeof(long));
            _holder.Place(HolderField.Pcs, _image.NextSectionRva + _section.Position);
            for (int point = 0; point < points.PointCount; point++)
            {
                _section.WriteInt64(points.Pcs[point]);
                _section.WriteInt64(points.Kinds[point] == PointKind.Entry ? 1 : 0);
            }

            _section.WriteInt64(0);
        }

        if (_sites.Cases.Position > 0)
        {
            _section.Align(sizeof(long));
            _holder.Place(HolderField.Cases, _image.NextSectionRva + _section.Position);
            _section.WriteBytes(_sites.Cases.AsSpan());
        }

        if (_controlFlow is not null)
        {
            _section.Align(sizeof(long));
            _holder.Place(HolderField.Cfs, _image.NextSectionRva + _section.Position);
            _controlFlow.Write(_section, FirstByteOf);
        }

        _probes.Initialize(constructor, _sites, _controlFlow);
        _holder.AddPlaces();
        int position = constructor.Write(_section);
        _metadata.SetCell(TableIndex.MethodDef, _holder.ConstructorRow, RvaColumn, (uint)(_image.NextSectionRva + position));
    }

    // Of the original; what has no IL, or damaged IL, has none.
    private int FirstByteOf(int row)
    {
        try
        {
            int rva = _originalRvas[row - 1];
            if (rva == 0)
            {
                return 0;
            }

            _methods.Read(_image.Bytes, _image.OffsetOf(rva, 1));
            return rva + _methods.Body.CodeStart - _methods.Body.HeaderStart;
        }
        catch (Exception damage) when (damage is BodyException or InstrumentationException)
        {
            return 0;
        }
    }

    private int[] RowCounts()
    {
        int[] counts = new int[TableSchema.TableCount];
        for (int table = 0; table < counts.Length; table++)
        {
            counts[table] = _metadata.RowCount((TableIndex)table);
        }

        return counts;
    }

    private RvaRange WriteMetadata(PointSet points)
    {
        if (_keepsOldBodies)
        {
            _dead.RemoveRange(1, _dead.Count - 1);
        }

        _section.Align(4);
        _section.WriteBytes(ImagePoints.Embed(points));
        int start = _image.NextSectionRva + _section.Position;
        _metadata.Write(_section);
        return new RvaRange(start, _image.NextSectionRva + _section.Position);
    }
}
