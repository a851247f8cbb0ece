using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Pdb;

/// <summary>Moves the IL offsets in a portable PDB to where the instructions went.</summary>
/// <remarks>
/// Four places hold IL offsets: sequence points, local scopes, the scopes of hoisted locals and the stepping information of async methods.
/// Edit-and-continue maps hold offsets into the source and stay. The id stays: the instrumented image names the same PDB.
/// </remarks>
internal sealed class PdbRewriter
{
    private const int NoRow = 0;

    // Columns by the portable PDB format.
    private const int MethodDocument = 0;
    private const int MethodPoints = 1;
    private const int ScopeMethod = 0;
    private const int ScopeStart = 4;
    private const int ScopeLength = 5;
    private const int InformationParent = 0;
    private const int InformationKind = 1;
    private const int InformationValue = 2;

    // HasCustomDebugInformation: five bits of tag, 0 for MethodDef.
    private const int ParentTagBits = 5;
    private const int ParentTagMask = (1 << ParentTagBits) - 1;

    private static readonly Guid HoistedLocalScopes = new("6DA9A61E-F8C7-4874-BE62-68BC5630DF71");
    private static readonly Guid AsyncStepping = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");

    private readonly MetadataImage _pdb;
    private readonly OffsetMap _moves;
    private readonly ByteBuffer _blob = new();

    private PdbRewriter(MetadataImage pdb, OffsetMap moves)
    {
        _pdb = pdb;
        _moves = moves;
    }

    /// <summary>Rewrites a portable PDB.</summary>
    /// <param name="pdb">The original; not changed.</param>
    /// <param name="moves">Where the instructions went.</param>
    /// <param name="rowCounts">Rows of each table of the instrumented image, by table number; they set the PDB's index widths.</param>
    /// <param name="newMethodRows">MethodDef rows appended to the image; each gets an empty row here.</param>
    /// <exception cref="InstrumentationException">The PDB is damaged; ids in <see cref="MetadataDiagnostics"/>.</exception>
    public static byte[] Rewrite(byte[] pdb, OffsetMap moves, ReadOnlySpan<int> rowCounts, int newMethodRows) =>
        Rewrite(MetadataImage.Read(pdb, 0, pdb.Length, "PDB"), moves, rowCounts, newMethodRows);

    /// <summary>The same for a PDB that was read before; it is used up.</summary>
    public static byte[] Rewrite(MetadataImage pdb, OffsetMap moves, ReadOnlySpan<int> rowCounts, int newMethodRows)
    {
        PdbRewriter rewriter = new(pdb, moves);
        rewriter.MoveSequencePoints();
        rewriter.MoveScopes();
        rewriter.MoveCustomInformation();
        for (int table = 0; table < Math.Min(rowCounts.Length, TableSchema.FirstPdbTable); table++)
        {
            pdb.RaiseExternalRowCount((TableIndex)table, rowCounts[table]);
        }

        for (int i = 0; i < newMethodRows; i++)
        {
            pdb.AddRow(TableIndex.MethodDebugInformation, NoRow, NoRow);
        }

        return pdb.ToArray();
    }

    private void MoveSequencePoints()
    {
        MetadataTable table = _pdb.Table(TableIndex.MethodDebugInformation);
        TableColumn documents = table.Column(MethodDocument);
        TableColumn points = table.Column(MethodPoints);
        uint[] moved = new uint[table.OriginalRowCount];
        for (int row = 1; row <= moved.Length; row++)
        {
            uint blob = points[row];
            ReadOnlySpan<(int Old, int New)> steps = _moves.Steps(row);
            if (blob != 0 && !steps.IsEmpty)
            {
                _blob.Clear();
                SequencePointBlob.Move(_pdb.GetBlob(blob), documents[row] == NoRow, steps, _blob);
                blob = AddIfChanged(blob);
            }

            moved[row - 1] = blob;
        }

        table.OverrideColumn(MethodPoints, moved);
    }

    private void MoveScopes()
    {
        MetadataTable table = _pdb.Table(TableIndex.LocalScope);
        TableColumn methods = table.Column(ScopeMethod);
        TableColumn starts = table.Column(ScopeStart);
        TableColumn lengths = table.Column(ScopeLength);
        for (int row = 1; row <= table.OriginalRowCount; row++)
        {
            ReadOnlySpan<(int Old, int New)> steps = _moves.Steps((int)methods[row]);
            if (!steps.IsEmpty)
            {
                (uint start, uint length) = Move(steps, starts[row], lengths[row]);
                table.SetCell(row, ScopeStart, start);
                table.SetCell(row, ScopeLength, length);
            }
        }
    }

    private void MoveCustomInformation()
    {
        MetadataTable table = _pdb.Table(TableIndex.CustomDebugInformation);
        TableColumn parents = table.Column(InformationParent);
        TableColumn kinds = table.Column(InformationKind);
        TableColumn values = table.Column(InformationValue);
        uint[] moved = new uint[table.OriginalRowCount];
        for (int row = 1; row <= moved.Length; row++)
        {
            uint value = values[row];
            if ((parents[row] & ParentTagMask) == 0 && value != 0)
            {
                value = MoveInformation((int)(parents[row] >> ParentTagBits), _pdb.GetGuid(kinds[row]), value);
            }

            moved[row - 1] = value;
        }

        table.OverrideColumn(InformationValue, moved);
    }

    private uint MoveInformation(int method, Guid kind, uint value)
    {
        _blob.Clear();
        if (kind == HoistedLocalScopes && _moves.IsMoved(method))
        {
            MoveHoistedScopes(method, _pdb.GetBlob(value));
        }
        else if (kind == AsyncStepping)
        {
            MoveStepping(method, _pdb.GetBlob(value));
        }

        return _blob.Position == 0 ? value : AddIfChanged(value);
    }

    private uint AddIfChanged(uint original) =>
        _blob.AsSpan().SequenceEqual(_pdb.GetBlob(original)) ? original : _pdb.AddBlob(_blob.AsSpan());

    // Pairs of start and length; a local that was never hoisted has (0, 0), which is no scope at offset 0.
    private void MoveHoistedScopes(int method, ReadOnlySpan<byte> blob)
    {
        ByteCursor cursor = new(blob, MetadataDiagnostics.DamagedSymbols, "PDB: scopes of hoisted locals");
        while (!cursor.AtEnd)
        {
            uint start = cursor.UInt32();
            uint length = cursor.UInt32();
            (start, length) = (start | length) == 0 ? (0, 0) : Move(_moves.Steps(method), start, length);
            _blob.WriteUInt32(start);
            _blob.WriteUInt32(length);
        }
    }

    // The catch handler as offset + 1, or 0 for none; then (yield, resume, method of the resume) to the end.
    private void MoveStepping(int method, ReadOnlySpan<byte> blob)
    {
        ByteCursor cursor = new(blob, MetadataDiagnostics.DamagedSymbols, "PDB: stepping information of an async method");
        uint handler = cursor.UInt32();
        _blob.WriteUInt32(handler == 0 ? 0 : Move(_moves.Steps(method), handler - 1) + 1);
        while (!cursor.AtEnd)
        {
            uint yield = cursor.UInt32();
            uint resume = cursor.UInt32();
            uint resumeMethod = cursor.CompressedUInt32();
            _blob.WriteUInt32(Move(_moves.Steps(method), yield));
            _blob.WriteUInt32(Move(_moves.Steps((int)resumeMethod), resume));
            _blob.WriteCompressedUInt32(resumeMethod);
        }
    }

    // A scope from the body's start also covers the probe there.
    private static (uint Start, uint Length) Move(ReadOnlySpan<(int Old, int New)> steps, uint start, uint length)
    {
        uint movedStart = start == 0 ? 0 : Move(steps, start);
        uint movedEnd = Move(steps, Math.Min((ulong)start + length, uint.MaxValue));
        return (movedStart, movedEnd - movedStart);
    }

    private static uint Move(ReadOnlySpan<(int Old, int New)> steps, ulong offset) => offset <= int.MaxValue / 2
        ? (uint)OffsetMap.Map(steps, (int)offset)
        : throw new InstrumentationException(MetadataDiagnostics.DamagedSymbols, $"PDB: IL offset {offset} lies outside of any method");
}
