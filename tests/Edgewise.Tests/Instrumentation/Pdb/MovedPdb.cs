using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Tests.Instrumentation.Pdb;

/// <summary>Compares a rewritten PDB with the original, by System.Reflection.Metadata, and counts what it saw.</summary>
public sealed class MovedPdb
{
    private static readonly Guid HoistedLocalScopes = new("6DA9A61E-F8C7-4874-BE62-68BC5630DF71");
    private static readonly Guid AsyncStepping = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");

    private readonly MetadataReader _before;
    private readonly MetadataReader _after;
    private readonly SyntheticMoves _moves;

    private MovedPdb(MetadataReader before, MetadataReader after, SyntheticMoves moves)
    {
        _before = before;
        _after = after;
        _moves = moves;
    }

    /// <summary>Sequence points that were moved, of which hidden, and changes of document between them.</summary>
    public (int All, int Hidden, int DocumentChanges) Points { get; private set; }

    /// <summary>Scopes of moved methods.</summary>
    public int Scopes { get; private set; }

    /// <summary>Scopes of hoisted locals in moved methods.</summary>
    public int HoistedScopes { get; private set; }

    /// <summary>Await points of moved methods.</summary>
    public int Awaits { get; private set; }

    /// <summary>Asserts that everything but IL offsets is as before and every IL offset moved as expected.</summary>
    public static MovedPdb Check(byte[] before, byte[] after, SyntheticMoves moves, int newMethodRows)
    {
        using MetadataReaderProvider original = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(before));
        using MetadataReaderProvider rewritten = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(after));
        MovedPdb check = new(original.GetMetadataReader(), rewritten.GetMetadataReader(), moves);
        check.CheckHeadAndRowCounts(newMethodRows);
        check.CheckDocuments();
        check.CheckMethods();
        check.CheckScopes();
        check.CheckCustomInformation();
        return check;
    }

    private void CheckHeadAndRowCounts(int newMethodRows)
    {
        Assert.Equal(_before.DebugMetadataHeader!.Id, _after.DebugMetadataHeader!.Id);
        Assert.Equal(_before.DebugMetadataHeader.EntryPoint, _after.DebugMetadataHeader.EntryPoint);
        foreach (TableIndex table in Enum.GetValues<TableIndex>())
        {
            int added = table == TableIndex.MethodDebugInformation ? newMethodRows : 0;
            Assert.Equal(_before.GetTableRowCount(table) + added, _after.GetTableRowCount(table));
        }

        for (int row = _before.MethodDebugInformation.Count + 1; row <= _after.MethodDebugInformation.Count; row++)
        {
            MethodDebugInformation added = _after.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(row));
            Assert.True(added.Document.IsNil && added.SequencePointsBlob.IsNil);
        }
    }

    private void CheckDocuments()
    {
        foreach (DocumentHandle handle in _before.Documents)
        {
            Document before = _before.GetDocument(handle);
            Document after = _after.GetDocument(handle);
            Assert.Equal(_before.GetString(before.Name), _after.GetString(after.Name));
            Assert.Equal(_before.GetBlobBytes(before.Hash), _after.GetBlobBytes(after.Hash));
            Assert.Equal(_before.GetGuid(before.Language), _after.GetGuid(after.Language));
        }
    }

    private void CheckMethods()
    {
        foreach (MethodDebugInformationHandle handle in _before.MethodDebugInformation)
        {
            int row = MetadataTokens.GetRowNumber(handle);
            MethodDebugInformation before = _before.GetMethodDebugInformation(handle);
            MethodDebugInformation after = _after.GetMethodDebugInformation(handle);
            Assert.Equal(before.Document, after.Document);
            Assert.Equal(before.LocalSignature, after.LocalSignature);
            Assert.Equal(before.GetStateMachineKickoffMethod(), after.GetStateMachineKickoffMethod());
            CheckPoints(row, [.. before.GetSequencePoints()], [.. after.GetSequencePoints()]);
        }
    }

    private void CheckPoints(int row, SequencePoint[] before, SequencePoint[] after)
    {
        Assert.Equal(before.Length, after.Length);
        for (int i = 0; i < before.Length; i++)
        {
            (SequencePoint old, SequencePoint moved) = (before[i], after[i]);
            bool isSame = old.Document == moved.Document && old.StartLine == moved.StartLine && old.EndLine == moved.EndLine
                && old.StartColumn == moved.StartColumn && old.EndColumn == moved.EndColumn && old.IsHidden == moved.IsHidden;
            Assert.True(isSame && moved.Offset == _moves.Expected(row, old.Offset), $"method {row}, point {i} at {old.Offset} came to {moved.Offset}");
            if (_moves.IsMoved(row))
            {
                bool changes = i != 0 && before[i - 1].Document != old.Document;
                Points = (Points.All + 1, Points.Hidden + (old.IsHidden ? 1 : 0), Points.DocumentChanges + (changes ? 1 : 0));
            }
        }
    }

    private void CheckScopes()
    {
        foreach (LocalScopeHandle handle in _before.LocalScopes)
        {
            LocalScope before = _before.GetLocalScope(handle);
            LocalScope after = _after.GetLocalScope(handle);
            int row = MetadataTokens.GetRowNumber(before.Method);
            Assert.Equal(before.Method, after.Method);
            Assert.Equal(before.ImportScope, after.ImportScope);
            Assert.Equal(before.GetLocalVariables(), after.GetLocalVariables());
            Assert.Equal(before.GetLocalConstants(), after.GetLocalConstants());
            CheckScope(row, before.StartOffset, before.Length, after.StartOffset, after.Length);
            Scopes += _moves.IsMoved(row) ? 1 : 0;
        }
    }

    private void CheckScope(int row, int start, int length, int newStart, int newLength)
    {
        Assert.Equal(start == 0 ? 0 : _moves.Expected(row, start), newStart);
        Assert.Equal(_moves.Expected(row, start + length), newStart + newLength);
        if (_moves.IsMoved(row))
        {
            Assert.InRange(newStart + newLength, newStart, _moves.NewLength(row));
        }
    }

    private void CheckCustomInformation()
    {
        foreach (CustomDebugInformationHandle handle in _before.CustomDebugInformation)
        {
            CustomDebugInformation before = _before.GetCustomDebugInformation(handle);
            CustomDebugInformation after = _after.GetCustomDebugInformation(handle);
            Guid kind = _before.GetGuid(before.Kind);
            Assert.Equal(before.Parent, after.Parent);
            Assert.Equal(kind, _after.GetGuid(after.Kind));
            int row = MetadataTokens.GetRowNumber(before.Parent);
            if (kind == HoistedLocalScopes)
            {
                CheckHoistedScopes(row, _before.GetBlobReader(before.Value), _after.GetBlobReader(after.Value));
            }
            else if (kind == AsyncStepping)
            {
                CheckStepping(row, _before.GetBlobReader(before.Value), _after.GetBlobReader(after.Value));
            }
            else
            {
                Assert.Equal(_before.GetBlobBytes(before.Value), _after.GetBlobBytes(after.Value));
            }
        }
    }

    private void CheckHoistedScopes(int row, BlobReader before, BlobReader after)
    {
        Assert.Equal(before.Length, after.Length);
        while (before.RemainingBytes != 0)
        {
            (int start, int length) = (before.ReadInt32(), before.ReadInt32());
            (int newStart, int newLength) = (after.ReadInt32(), after.ReadInt32());
            if (length == 0 && start == 0)
            {
                Assert.Equal((0, 0), (newStart, newLength));
                continue;
            }

            CheckScope(row, start, length, newStart, newLength);
            HoistedScopes += _moves.IsMoved(row) ? 1 : 0;
        }
    }

    private void CheckStepping(int row, BlobReader before, BlobReader after)
    {
        int handler = before.ReadInt32();
        Assert.Equal(handler == 0 ? 0 : _moves.Expected(row, handler - 1) + 1, after.ReadInt32());
        while (before.RemainingBytes != 0)
        {
            (int yield, int resume, int method) = (before.ReadInt32(), before.ReadInt32(), before.ReadCompressedInteger());
            Assert.Equal(_moves.Expected(row, yield), after.ReadInt32());
            Assert.Equal(_moves.Expected(method, resume), after.ReadInt32());
            Assert.Equal(method, after.ReadCompressedInteger());
            Awaits += _moves.IsMoved(row) ? 1 : 0;
        }

        Assert.Equal(0, after.RemainingBytes);
    }
}
