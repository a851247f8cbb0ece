using System.Reflection.Metadata.Ecma335;
using System.Text;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Pdb;

/// <summary>Which source file each method is from, by the portable PDB. Names are decoded when first asked for.</summary>
/// <param name="pdb">The PDB.</param>
internal sealed class MethodDocuments(MetadataImage pdb)
{
    private const int DocumentName = 0;
    private const int MethodDocument = 0;
    private const int MethodPoints = 1;
    private const int MoveNextMethod = 0;
    private const int KickoffMethod = 1;

    private readonly string?[] _names = new string?[pdb.RowCount(TableIndex.Document) + 1];
    private Dictionary<uint, uint>? _moveNext;

    /// <summary>The name of the document that a method begins in, as the compiler wrote it.</summary>
    /// <param name="row">MethodDef row. For an iterator or async method that the user wrote, the document of its state machine.</param>
    /// <returns>Null where the PDB says nothing: no such row, no sequence points.</returns>
    /// <exception cref="InstrumentationException">The PDB is damaged.</exception>
    public string? Find(int row)
    {
        uint document = Document(row);
        if (document == 0 && (_moveNext ??= ReadStateMachines()).TryGetValue((uint)row, out uint moveNext))
        {
            document = Document((int)moveNext);
        }

        return document == 0 ? null : Name(document);
    }

    private uint Document(int row)
    {
        MetadataTable table = pdb.Table(TableIndex.MethodDebugInformation);
        if (row < 1 || row > table.RowCount)
        {
            return 0;
        }

        uint document = table.GetCell(row, MethodDocument);
        return document != 0 ? document : SequencePointBlob.FirstDocument(pdb.GetBlob(table.GetCell(row, MethodPoints)));
    }

    private Dictionary<uint, uint> ReadStateMachines()
    {
        MetadataTable table = pdb.Table(TableIndex.StateMachineMethod);
        Dictionary<uint, uint> machines = new(table.RowCount);
        for (int row = 1; row <= table.RowCount; row++)
        {
            machines[table.GetCell(row, KickoffMethod)] = table.GetCell(row, MoveNextMethod);
        }

        return machines;
    }

    private string Name(uint document) => document < _names.Length
        ? _names[document] ??= DecodeName(pdb.GetBlob(pdb.GetCell(TableIndex.Document, (int)document, DocumentName)))
        : throw new InstrumentationException(
            MetadataDiagnostics.DamagedSymbols, $"PDB: document {document} is wanted, and there are {_names.Length - 1}");

    // A separator (one character in UTF-8, or 0 for none), then the offsets of the parts in the blob heap.
    private string DecodeName(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty)
        {
            return "";
        }

        Rune.DecodeFromUtf8(blob, out Rune separator, out int separatorLength);
        ByteCursor parts = new(blob[separatorLength..], MetadataDiagnostics.DamagedSymbols, "PDB: name of a document");
        StringBuilder name = new();
        for (bool isFirst = true; !parts.AtEnd; isFirst = false)
        {
            if (!isFirst && separator.Value != 0)
            {
                name.Append(separator.ToString());
            }

            name.Append(Encoding.UTF8.GetString(pdb.GetBlob(parts.CompressedUInt32())));
        }

        return name.ToString();
    }
}
