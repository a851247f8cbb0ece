using Edgewise.Instrumentation.Il;
using Edgewise.Runtime;

namespace Edgewise.Instrumentation.Image;

/// <summary>Writes the holder's class constructor: memory from the host or, without one, of the module's own; then the callbacks' init methods.</summary>
internal sealed class HolderConstructor
{
    private const int HeaderSize = 12;
    private const int StackDepth = 8;
    private const int PairSize = 16;
    private const int SlotAlignment = 16;

    private readonly HolderRows _rows;
    private readonly ByteBuffer _il = new();
    private readonly long _identity;
    private readonly int _points;

    /// <summary>Begins a constructor.</summary>
    /// <param name="rows">The holder's rows.</param>
    /// <param name="identity">First eight bytes of the original's hash, big-endian.</param>
    /// <param name="points">How many points the module has.</param>
    /// <param name="inits">Tokens of methods to call before all else.</param>
    public HolderConstructor(HolderRows rows, long identity, int points, IReadOnlyList<int> inits)
    {
        _rows = rows;
        _identity = identity;
        _points = points;
        foreach (int init in inits)
        {
            Emitter.Token(_il, Opcode.Call, init);
        }

        Emitter.Token(_il, Opcode.Ldstr, rows.Key);
        Emitter.Token(_il, Opcode.Call, rows.GetData);
        Emitter.Token(_il, Opcode.Isinst, rows.DelegateType);
        Emitter.Token(_il, Opcode.Stsfld, rows.Field(HolderField.Host));
    }

    /// <summary>Asks the host for memory, and takes pinned memory where it gives none.</summary>
    /// <param name="kind">What to ask for.</param>
    /// <param name="field">The pointer to set.</param>
    /// <param name="memory">The field that keeps pinned memory alive.</param>
    /// <param name="bytesPerPoint">Size of the memory.</param>
    public void AddMemory(RegistrationKind kind, HolderField field, HolderField memory, int bytesPerPoint) =>
        AddMemory(kind, field, memory, _points, checked(_points * bytesPerPoint));

    /// <summary>Asks the host for a table of recent compares, and takes pinned memory where it gives none.</summary>
    /// <param name="length">Bytes of the table.</param>
    public void AddCompares(int length) => AddMemory(RegistrationKind.Compares, HolderField.Compares, HolderField.CompareMemory, length, length + SlotAlignment);

    /// <summary>Asks the host for the module's gate; one of the module's own stays closed.</summary>
    public void AddGate() => AddMemory(RegistrationKind.Gate, HolderField.Gate, HolderField.GateMemory, 1, 1);

    /// <summary>Asks the host for slots for comparisons of sequences, and takes pinned memory where it gives none.</summary>
    /// <param name="length">Bytes of the slots.</param>
    public void AddSequences(int length) => AddMemory(RegistrationKind.Sequences, HolderField.Sequences, HolderField.SequenceMemory, length, length);

    private void AddMemory(RegistrationKind kind, HolderField field, HolderField memory, int asked, int length)
    {
        AskHost(kind, field, Opcode.ConvU, asked);
        ByteBuffer own = new();
        Emitter.Constant(own, Math.Max(1, length));
        Emitter.Constant(own, 1);
        Emitter.Token(own, Opcode.Call, _rows.AllocateBytes);
        own.WriteByte(Opcode.Dup);
        Emitter.Token(own, Opcode.Stsfld, _rows.Field(memory));
        Emitter.Constant(own, 0);
        Emitter.Token(own, Opcode.Ldelema, _rows.ByteType);
        own.WriteByte(Opcode.ConvU);
        if (kind == RegistrationKind.Compares)
        {
            Emitter.Constant(own, SlotAlignment - 1);
            own.WriteByte(Opcode.Add);
            Emitter.Constant(own, -SlotAlignment);
            own.WriteByte(Opcode.ConvI);
            own.WriteByte(Opcode.And);
        }

        Emitter.Token(own, Opcode.Stsfld, _rows.Field(field));
        Emitter.Token(_il, Opcode.Ldsfld, _rows.Field(field));
        Skip(Opcode.BrTrueShort, own);
    }

    /// <summary>Asks the host for the number of the module's first point; it stays zero without a host.</summary>
    public void AddFirstPoint() => AskHost(RegistrationKind.FirstPoint, HolderField.FirstPoint, Opcode.ConvI4, _points);

    /// <summary>Asks the host for the number of the module's first site; it stays zero without a host.</summary>
    public void AddFirstSite(int count) => AskHost(RegistrationKind.FirstSite, HolderField.FirstSite, Opcode.ConvI4, count);

    /// <summary>Sets a pointer field to another one plus a distance.</summary>
    public void AddPointer(int from, int distance, int to)
    {
        Emitter.Address(_il, from, distance);
        Emitter.Token(_il, Opcode.Stsfld, to);
    }

    /// <summary>Calls an init method with the bounds of what a pointer field points to.</summary>
    public void AddInit(int method, HolderField field, int bytesPerPoint)
    {
        byte load = field == HolderField.Pcs ? Opcode.Ldsflda : Opcode.Ldsfld;
        Emitter.Token(_il, load, _rows.Field(field));
        Emitter.Token(_il, load, _rows.Field(field));
        Emitter.Constant(_il, checked(_points * bytesPerPoint));
        _il.WriteByte(Opcode.Add);
        Emitter.Token(_il, Opcode.Call, method);
    }

    /// <summary>Calls the pc-table's init method.</summary>
    public void AddPcsInit(int method) => AddInit(method, HolderField.Pcs, PairSize);

    /// <summary>Calls the control-flow table's init method.</summary>
    /// <param name="method">Token of the method.</param>
    /// <param name="count">How many numbers the table has.</param>
    public void AddCfsInit(int method, int count)
    {
        foreach (int distance in (ReadOnlySpan<int>)[sizeof(long), checked((count + 1) * sizeof(long))])
        {
            Emitter.Token(_il, Opcode.Ldsflda, _rows.Field(HolderField.Cfs));
            Emitter.Constant(_il, distance);
            _il.WriteByte(Opcode.Add);
            _il.WriteByte(Opcode.ConvU);
        }

        Emitter.Token(_il, Opcode.Call, method);
    }

    /// <summary>Writes the finished body.</summary>
    /// <returns>Position of its header in <paramref name="output"/>.</returns>
    public int Write(ByteBuffer output)
    {
        _il.WriteByte(Opcode.Ret);
        output.Align(4);
        output.WriteUInt16(0x3003);
        output.WriteUInt16(StackDepth);
        output.WriteInt32(_il.Position);
        output.WriteInt32(0);
        output.WriteBytes(_il.AsSpan());
        return output.Position - _il.Position - HeaderSize;
    }

    private void AskHost(RegistrationKind kind, HolderField field, byte convert, int count)
    {
        ByteBuffer ask = new();
        Emitter.Token(ask, Opcode.Ldsfld, _rows.Field(HolderField.Host));
        Emitter.Token(ask, Opcode.Ldtoken, _rows.Holder);
        ask.WriteByte(Opcode.LdcI8);
        ask.WriteInt64(_identity);
        Emitter.Constant(ask, (int)kind);
        Emitter.Constant(ask, count);
        Emitter.Token(ask, Opcode.Callvirt, _rows.Invoke);
        ask.WriteByte(convert);
        Emitter.Token(ask, Opcode.Stsfld, _rows.Field(field));
        Emitter.Token(_il, Opcode.Ldsfld, _rows.Field(HolderField.Host));
        Skip(Opcode.BrFalseShort, ask);
    }

    private void Skip(byte shortBranch, ByteBuffer skipped)
    {
        _il.WriteByte(shortBranch);
        _il.WriteByte(checked((byte)skipped.Position));
        _il.WriteBytes(skipped.AsSpan());
    }
}
