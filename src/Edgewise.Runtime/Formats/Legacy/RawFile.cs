using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Edgewise.Runtime.Formats.Legacy;

/// <summary>
/// <c>PID.sancov.raw</c> and <c>PID.sancov.map</c>: the PCs of all modules in one space of addresses, by point, and a text that tells which of those
/// addresses are whose. An IL module has no address, so each gets one made up: see <see cref="BaseOf"/>.
/// </summary>
public static class RawFile
{
    private const int BaseShift = 32;

    /// <summary>
    /// Where a module lies: 4 GiB behind the one before it, the first at 4 GiB. RVAs have 32 bits, so modules never meet, and a PC is never zero.
    /// </summary>
    /// <param name="number">Number of the module, from 1 on.</param>
    public static ulong BaseOf(int number) => (ulong)number << BaseShift;

    /// <summary>The number of the module that a PC lies in, and its RVA there.</summary>
    public static (int Number, uint Rva) Split(ulong pc) => ((int)Math.Min(pc >> BaseShift, int.MaxValue), (uint)pc);

    /// <summary>The content of the <c>.raw</c>: 8 bytes a point of all modules, its PC where it was reached, else zero.</summary>
    /// <param name="modules">Per module the RVA and the counter of each point, in the order of their numbers.</param>
    public static byte[] Encode(IReadOnlyList<(int[] Rvas, byte[] Counters)> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        byte[] raw = new byte[modules.Sum(static module => (long)module.Rvas.Length) * sizeof(ulong)];
        int position = 0;
        for (int m = 0; m < modules.Count; m++)
        {
            (int[] rvas, byte[] counters) = modules[m];
            for (int i = 0; i < rvas.Length; i++, position += sizeof(ulong))
            {
                if (counters[i] != 0)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(raw.AsSpan(position), BaseOf(m + 1) + (uint)rvas[i]);
                }
            }
        }

        return raw;
    }

    /// <summary>The content of the <c>.map</c>: a line <c>64</c>, then start, end, base and name of each module, the numbers in hex.</summary>
    /// <param name="modules">Names, and the RVA behind the last point, in the order of their numbers.</param>
    public static byte[] EncodeMap(IEnumerable<(string Name, int End)> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var text = new StringBuilder("64\n");
        int number = 0;
        foreach ((string name, int end) in modules)
        {
            ulong start = BaseOf(++number);
            text.Append(CultureInfo.InvariantCulture, $"{start:x} {start + (uint)end:x} {start:x} {FileNames.Plain(name)}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
