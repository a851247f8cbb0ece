using System.Reflection;
using Edgewise.Bench.Overhead;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Passes;

namespace Edgewise.Bench.Peers;

/// <summary>
/// What SharpFuzz 2.3.0 inserts: <c>SharedMem[id ^ PrevLocation]++; PrevLocation = id >> 1</c> over two mutable static fields, with 16-bit ids drawn at
/// random. One pass more over the same bodies, at the start of every block, which are the points that SharpFuzz chooses.
/// </summary>
internal sealed class SharpFuzzProbe : PointProbe
{
    private const string MapField = "SharedMem";
    private const string PreviousField = "PrevLocation";
    private const int MapSize = 65536;
    private const uint MutableStatic = 0x0013;
    private const byte Xor = 0x61;
    private const byte ConvU1 = 0xD2;
    private const int FixedSize = (3 * 5) + 8;

    private readonly Random _random = new(0x130f4c29);
    private readonly Dictionary<int, int> _ids = [];
    private readonly int _map;
    private readonly int _previous;

    /// <summary>Adds the two fields to a module's holder.</summary>
    public SharpFuzzProbe(HolderRows holder)
    {
        _map = holder.AddField(MapField, MutableStatic, [0x06, 0x0F, 0x05]);
        _previous = holder.AddField(PreviousField, MutableStatic, [0x06, 0x08]);
    }

    /// <inheritdoc/>
    public override int StackDepth => 3;

    /// <summary>Gives a loaded module its map, as SharpFuzz's <c>Fuzzer.Run</c> does before the first run; leaves modules without these probes alone.</summary>
    public static unsafe void Attach(Type holder) =>
        holder.GetField(MapField, BindingFlags.Static | BindingFlags.NonPublic)
            ?.SetValue(null, Pointer.Box((void*)LowMemoryHost.Allocate(MapSize), typeof(byte*)));

    /// <inheritdoc/>
    public override int Size(int point) => FixedSize + Emitter.ConstantSize(Id(point)) + Emitter.ConstantSize(Id(point) >> 1);

    /// <inheritdoc/>
    public override void Emit(ByteBuffer il, int point)
    {
        int id = Id(point);
        Emitter.Token(il, Opcode.Ldsfld, _map);
        Emitter.Constant(il, id);
        Emitter.Token(il, Opcode.Ldsfld, _previous);
        il.WriteByte(Xor);
        il.WriteByte(Opcode.Add);
        il.WriteByte(Opcode.Dup);
        il.WriteByte(Opcode.LdindU1);
        il.WriteByte(Opcode.LdcI4One);
        il.WriteByte(Opcode.Add);
        il.WriteByte(ConvU1);
        il.WriteByte(Opcode.StindI1);
        Emitter.Constant(il, id >> 1);
        Emitter.Token(il, Opcode.Stsfld, _previous);
    }

    private int Id(int point)
    {
        if (!_ids.TryGetValue(point, out int id))
        {
            id = _random.Next(MapSize);
            _ids.Add(point, id);
        }

        return id;
    }
}
