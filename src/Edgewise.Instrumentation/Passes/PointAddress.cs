using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary>The address of a point's byte, as a base pointer of the holder's plus a distance that fits <c>ldc.i4.s</c>.</summary>
/// <remarks>
/// One pointer for all points would need five bytes for nearly every distance, a fifth of a probe; so each run of 256 points has its own.
/// The JIT folds them all. Base 0 is the start itself, base k lies 256·k behind it, distances run from -128 to 127.
/// </remarks>
internal sealed class PointAddress(HolderRows holder, HolderField start)
{
    private const int PointsPerBase = 256;
    private const uint StaticReadOnly = 0x0033;

    private readonly List<int> _bases = [holder.Field(start)];

    /// <summary>Bytes of IL that load the address.</summary>
    public static int Size(int point) => Emitter.AddressSize(Distance(point));

    /// <summary>Writes the IL that loads the address.</summary>
    public void Emit(ByteBuffer il, int point)
    {
        int index = BaseOf(point);
        while (_bases.Count <= index)
        {
            _bases.Add(holder.AddField($"{start}{_bases.Count}", StaticReadOnly, [0x06, 0x0F, 0x05]));
        }

        Emitter.Address(il, _bases[index], Distance(point));
    }

    /// <summary>Lets the holder's class constructor set the bases.</summary>
    public void Initialize(HolderConstructor constructor)
    {
        for (int index = 1; index < _bases.Count; index++)
        {
            constructor.AddPointer(_bases[0], index * PointsPerBase, _bases[index]);
        }
    }

    private static int BaseOf(int point) => (point + (PointsPerBase / 2)) / PointsPerBase;

    private static int Distance(int point) => point - (BaseOf(point) * PointsPerBase);
}
