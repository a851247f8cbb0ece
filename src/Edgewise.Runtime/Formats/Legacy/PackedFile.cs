using System.Buffers.Binary;
using System.Text;

namespace Edgewise.Runtime.Formats.Legacy;

/// <summary>
/// <c>PID.sancov.packed</c>: the <c>.sancov</c> files of a process in one, for a sandbox that may write to one file only. Each block is a process id
/// (4 bytes), the length of the module's name (4), that of the data (4), then both. Blocks of one module are put together in their order.
/// </summary>
public static class PackedFile
{
    /// <summary>Bytes of a block before the name.</summary>
    public const int HeaderSize = 3 * sizeof(int);

    /// <summary>The content of a file.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="modules">Names of modules with the whole content of their <c>.sancov</c> files.</param>
    /// <param name="largestBlock">Bytes of the largest block, so that each goes out in one write; zero where that does not matter.</param>
    /// <exception cref="ArgumentException">A block of that size has no room for a name and a PC.</exception>
    public static byte[] Encode(int processId, IEnumerable<(string Module, byte[] Content)> modules, int largestBlock = 0)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var file = new MemoryStream();
        foreach ((string module, byte[] content) in modules)
        {
            byte[] name = Encoding.UTF8.GetBytes(module);
            int largest = largestBlock == 0 ? content.Length : (largestBlock - HeaderSize - name.Length) & ~(sizeof(ulong) - 1);
            if (largest <= 0)
            {
                throw new ArgumentException($"a block of {largestBlock} bytes has no room for the name {module} and a PC", nameof(largestBlock));
            }

            for (int done = 0; done < content.Length; done += largest)
            {
                WriteBlock(file, processId, name, content.AsSpan(done, Math.Min(largest, content.Length - done)));
            }
        }

        return file.ToArray();
    }

    private static void WriteBlock(MemoryStream file, int processId, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, processId);
        BinaryPrimitives.WriteInt32LittleEndian(header[sizeof(int)..], name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[(2 * sizeof(int))..], data.Length);
        file.Write(header);
        file.Write(name);
        file.Write(data);
    }
}
