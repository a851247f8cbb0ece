using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Edgewise.Showmap.Files;

/// <summary>Makes the text of showmap files: a line a point, zeros left out, in the order of domain, hash and number.</summary>
public sealed class ShowmapText
{
    private const int MostLineBytes = 96;
    private const int NumberBits = 48;

    // By module: its place in the order, and what its lines begin with.
    private readonly ulong[] _ranks;
    private readonly byte[][] _prefixes;
    private readonly StandardFormat[] _formats;

    /// <summary>For files about some modules.</summary>
    /// <exception cref="ShowmapException">Two modules have hashes that begin alike, so that their points would have the same names.</exception>
    public ShowmapText(IReadOnlyList<CodeModule> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        int[] order = [.. Enumerable.Range(0, modules.Count).OrderBy(i => PointDomain.OrderOf(modules[i].Domain)).ThenBy(i => modules[i].Hash, StringComparer.Ordinal)];
        _ranks = new ulong[modules.Count];
        _prefixes = new byte[modules.Count][];
        _formats = new StandardFormat[modules.Count];
        for (int i = 0; i < order.Length; i++)
        {
            CodeModule module = modules[order[i]];
            string hash = PointDomain.HashIn(module.Domain, module.Hash);
            _ranks[order[i]] = (ulong)i;
            _prefixes[order[i]] = Encoding.ASCII.GetBytes(PointDomain.PrefixOf(module.Domain, module.Hash));
            _formats[order[i]] = new StandardFormat('x', PointDomain.DigitsOf(module.Domain));
            if (i > 0 && modules[order[i - 1]] is var before && before != module && before.Domain == module.Domain && module.Domain != PointDomain.Sancov && PointDomain.HashIn(before.Domain, before.Hash) == hash)
            {
                throw new ShowmapException($"two modules have hashes that begin with {hash}: {before.Hash} and {module.Hash}; their points would have the same names");
            }
        }
    }

    /// <summary>The text; empty where no count is above zero.</summary>
    /// <param name="counts">The points, in any order; several counts of one are added up.</param>
    public byte[] Of(ReadOnlySpan<PointCount> counts)
    {
        ulong[] keys = new ulong[counts.Length];
        PointCount[] sorted = counts.ToArray();
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (_ranks[sorted[i].Module] << NumberBits) | sorted[i].Number;
        }

        Array.Sort(keys, sorted);
        var text = new ArrayBufferWriter<byte>(Math.Max(1, counts.Length) * MostLineBytes / 2);
        for (int i = 0; i < sorted.Length; i++)
        {
            ulong count = sorted[i].Count;
            for (; i + 1 < keys.Length && keys[i + 1] == keys[i]; i++)
            {
                count = count > ulong.MaxValue - sorted[i + 1].Count ? ulong.MaxValue : count + sorted[i + 1].Count;
            }

            if (count > 0)
            {
                Write(text, sorted[i] with { Count = count });
            }
        }

        return text.WrittenSpan.ToArray();
    }

    private void Write(ArrayBufferWriter<byte> text, PointCount point)
    {
        byte[] prefix = _prefixes[point.Module];
        Span<byte> line = text.GetSpan(prefix.Length + MostLineBytes);
        prefix.CopyTo(line);
        int length = prefix.Length;
        Utf8Formatter.TryFormat(point.Number, line[length..], out int written, _formats[point.Module]);
        length += written;
        line[length++] = (byte)':';
        Utf8Formatter.TryFormat(point.Count, line[length..], out written);
        length += written;
        line[length++] = (byte)'\n';
        text.Advance(length);
    }
}
