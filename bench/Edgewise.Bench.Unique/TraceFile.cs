using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Edgewise.Bench.Unique;

/// <summary>Reads <c>traces-v1.bin.gz</c>: traces of system calls, of each a name (32 bytes), a count (8) and the lower halves of its PCs (4 each).</summary>
internal static class TraceFile
{
    private const ulong KernelHalf = 0xFFFFFFFF_00000000;
    private const int NameLength = 32;

    // Three of the traces are the first events of longer ones; a length that the buffer ended is a lower bound.
    private static readonly Dictionary<string, long> TrueLengths = new()
    {
        ["mmap"] = 3_090_537,
        ["fork"] = 291_721,
        ["kallsyms"] = 4_194_303,
    };

    /// <summary>Reads all traces.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyList<EventTrace> Read(string path)
    {
        using GZipStream file = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream content = new();
        file.CopyTo(content);
        ReadOnlySpan<byte> rest = content.ToArray();
        List<EventTrace> traces = [];
        while (rest.Length > 0)
        {
            if (rest.Length < NameLength + sizeof(ulong))
            {
                throw new InvalidDataException($"{path}: trace {traces.Count + 1} ends in its header");
            }

            string name = Encoding.ASCII.GetString(rest[..NameLength]).TrimEnd('\0');
            long count = BinaryPrimitives.ReadInt64LittleEndian(rest[NameLength..]);
            rest = rest[(NameLength + sizeof(ulong))..];
            if (count < 0 || count > rest.Length / sizeof(uint))
            {
                throw new InvalidDataException($"{path}: {name}: {count} events where {rest.Length} bytes are left");
            }

            ulong[] pcs = new ulong[count];
            for (int i = 0; i < pcs.Length; i++)
            {
                pcs[i] = KernelHalf | BinaryPrimitives.ReadUInt32LittleEndian(rest[(i * sizeof(uint))..]);
            }

            rest = rest[(pcs.Length * sizeof(uint))..];
            long length = TrueLengths.FirstOrDefault(known => name.Contains(known.Key, StringComparison.Ordinal) && count >= 200_000).Value;
            traces.Add(EventTrace.OfPcs(name, pcs, Math.Max(length, count)));
        }

        return traces;
    }
}
