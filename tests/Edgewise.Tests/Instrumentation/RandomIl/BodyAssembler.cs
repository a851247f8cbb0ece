using System.Buffers.Binary;
using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>Collects the instructions of a body and lays them out, short branches among long ones.</summary>
internal sealed class BodyAssembler(Random random)
{
    private const int SafelyShort = 100;

    private readonly List<Item> _items = [];
    private readonly List<int> _labels = [];
    private int _depth;

    /// <summary>How deep the stack is.</summary>
    public int Depth
    {
        get => _depth;
        set
        {
            _depth = value;
            MaximumDepth = Math.Max(MaximumDepth, value);
        }
    }

    /// <summary>How deep it ever was.</summary>
    public int MaximumDepth { get; private set; }

    /// <summary>Exception clauses, inner ones first: labels of try, handler, its end, and filter (-1: none), and what is caught.</summary>
    public List<(ExceptionRegionKind Kind, int Try, int Handler, int End, int Filter, EntityHandle Caught)> Clauses { get; } = [];

    /// <summary>True if the last instruction loads a local variable or an argument.</summary>
    public bool LastLoadsVariable => _items.Count > 0 && _items[^1].OpCode is (>= ILOpCode.Ldarg_0 and <= ILOpCode.Ldloc_3) or ILOpCode.Ldarg_s or ILOpCode.Ldloc_s or ILOpCode.Ldarg or ILOpCode.Ldloc;

    /// <summary>Makes a label.</summary>
    public int Label()
    {
        _labels.Add(-1);
        return _labels.Count - 1;
    }

    /// <summary>Puts a label before the next instruction.</summary>
    public void Mark(int label) => _labels[label] = _items.Count;

    /// <summary>Adds an instruction.</summary>
    /// <param name="opcode">What it does.</param>
    /// <param name="change">By how much it changes the stack's depth.</param>
    /// <param name="operand">Its operand's bytes.</param>
    /// <param name="expected">The callback before it.</param>
    public void Emit(ILOpCode opcode, int change, byte[]? operand = null, ExpectedSite? expected = null)
    {
        _items.Add(new Item(opcode, operand ?? [], [], expected));
        Depth += change;
    }

    /// <summary>Adds an instruction with a token.</summary>
    public void Emit(ILOpCode opcode, int change, int token) => Emit(opcode, change, Bytes(token));

    /// <summary>Adds a branch, given in its long form, or a switch.</summary>
    public void Branch(ILOpCode opcode, int change, int[] labels, ExpectedSite? expected = null)
    {
        _items.Add(new Item(opcode, [], labels, expected));
        Depth += change;
    }

    /// <summary>Four bytes.</summary>
    public static byte[] Bytes(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>Lays everything out.</summary>
    /// <param name="sites">Gets the callbacks by offset.</param>
    /// <returns>The IL, and where labels are.</returns>
    public (byte[] Il, Func<int, int> At) Assemble(Dictionary<int, ExpectedSite> sites)
    {
        bool[] isShort = new bool[_items.Count];
        int[] offsets = Place(isShort);
        for (int i = 0; i < _items.Count; i++)
        {
            Item item = _items[i];
            isShort[i] = item.Labels.Length == 1 && item.OpCode != ILOpCode.Switch && Math.Abs(offsets[_labels[item.Labels[0]]] - offsets[i + 1]) < SafelyShort && random.Next(3) > 0;
        }

        offsets = Place(isShort);
        List<byte> il = [];
        for (int i = 0; i < _items.Count; i++)
        {
            if (_items[i].Expected is { } expected)
            {
                sites[offsets[i]] = expected;
            }

            Write(il, _items[i], isShort[i], offsets, offsets[i + 1]);
        }

        return ([.. il], label => offsets[_labels[label]]);
    }

    private int[] Place(bool[] isShort)
    {
        int[] offsets = new int[_items.Count + 1];
        for (int i = 0; i < _items.Count; i++)
        {
            Item item = _items[i];
            int operand = item.OpCode == ILOpCode.Switch ? 4 + (4 * item.Labels.Length) : item.Labels.Length == 1 ? (isShort[i] ? 1 : 4) : item.Operand.Length;
            offsets[i + 1] = offsets[i] + ((int)item.OpCode > 0xFF ? 2 : 1) + operand;
        }

        return offsets;
    }

    private void Write(List<byte> il, Item item, bool isShort, int[] offsets, int end)
    {
        ILOpCode opcode = isShort ? item.OpCode.GetShortBranch() : item.OpCode;
        if ((int)opcode > 0xFF)
        {
            il.Add((byte)((int)opcode >> 8));
        }

        il.Add((byte)opcode);
        if (opcode == ILOpCode.Switch)
        {
            il.AddRange(Bytes(item.Labels.Length));
        }

        foreach (int label in item.Labels)
        {
            int distance = offsets[_labels[label]] - end;
            il.AddRange(isShort ? [(byte)(sbyte)distance] : Bytes(distance));
        }

        il.AddRange(item.Operand);
    }

    private sealed record Item(ILOpCode OpCode, byte[] Operand, int[] Labels, ExpectedSite? Expected);
}
