using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation.Pdb;

namespace Edgewise.Tests.Instrumentation.Pdb;

/// <summary>Pretends that bytes were inserted before many instructions of an image, of amounts that differ from place to place.</summary>
/// <remarks>Every fifth method stays as it is. The expected offsets are kept apart from the map, which has a step only where the distance changes.</remarks>
public sealed class SyntheticMoves
{
    private static readonly OpCode?[] ShortOpCodes = new OpCode?[256];
    private static readonly OpCode?[] LongOpCodes = new OpCode?[256];

    private readonly Dictionary<int, int[]> _expected = [];

    static SyntheticMoves()
    {
        foreach (System.Reflection.FieldInfo field in typeof(OpCodes).GetFields())
        {
            OpCode code = (OpCode)field.GetValue(null)!;
            (code.Size == 1 ? ShortOpCodes : LongOpCodes)[(byte)code.Value] = code;
        }
    }

    /// <summary>Makes up moves for all bodies of an image.</summary>
    public SyntheticMoves(byte[] image)
    {
        using PEReader reader = new(ImmutableArray.Create(image));
        MetadataReader metadata = reader.GetMetadataReader();
        int methods = metadata.GetTableRowCount(TableIndex.MethodDef);
        Map = new OffsetMap(methods);
        for (int table = 0; table < RowCounts.Length; table++)
        {
            RowCounts[table] = metadata.GetTableRowCount((TableIndex)table);
        }

        for (int row = 1; row <= methods; row++)
        {
            int rva = metadata.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(row)).RelativeVirtualAddress;
            if (rva != 0 && row % 5 != 0)
            {
                Move(row, reader.GetMethodBody(rva).GetILReader());
            }
        }
    }

    /// <summary>The map to hand to the product.</summary>
    public OffsetMap Map { get; }

    /// <summary>Rows of each table of the image.</summary>
    public int[] RowCounts { get; } = new int[64];

    /// <summary>Where an instruction, or the end of the body, of a method went.</summary>
    public int Expected(int row, int offset) => !_expected.TryGetValue(row, out int[]? offsets) ? offset
        : offsets[offset] >= 0 ? offsets[offset] : throw new InvalidOperationException($"method {row} has no instruction at {offset}");

    /// <summary>True if the method was moved.</summary>
    public bool IsMoved(int row) => _expected.ContainsKey(row);

    /// <summary>Length of a moved body.</summary>
    public int NewLength(int row) => _expected[row][^1];

    private void Move(int row, BlobReader il)
    {
        int[] offsets = new int[il.Length + 1];
        Array.Fill(offsets, -1);
        int shift = 0;
        int index = 0;
        Map.BeginMethod(row);
        while (true)
        {
            int offset = il.Offset;
            int inserted = Inserted(row, index++);
            shift += inserted;
            offsets[offset] = offset + shift;
            if (inserted != 0 || offset == 0)
            {
                Map.AddStep(row, offset, offset + shift);
            }

            if (il.RemainingBytes == 0)
            {
                break;
            }

            Skip(ref il);
        }

        _expected[row] = offsets;
    }

    // Nothing, a probe, or now and then much, so that differences outgrow one and two bytes.
    private static int Inserted(int row, int index) => index == 0 ? row % 2 * 13
        : (row + index) % 97 == 0 ? 20_000
        : (row + index) % 31 == 0 ? 150
        : (row + (index * 7)) % 3 == 0 ? 11 + (index % 4)
        : 0;

    private static void Skip(ref BlobReader il)
    {
        byte first = il.ReadByte();
        OpCode code = (first == 0xFE ? LongOpCodes[il.ReadByte()] : ShortOpCodes[first])!.Value;
        int operand = il.Offset;
        il.Offset = operand + code.OperandType switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * il.ReadInt32()),
            _ => 4,
        };
    }
}
