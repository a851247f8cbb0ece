using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Formats.Legacy;
using Edgewise.Sancov.Inputs;

namespace Edgewise.Sancov.Legacy;

/// <summary>Reads <c>.sancov.packed</c> files.</summary>
public static class PackedReader
{
    /// <summary>The <c>.sancov</c> files in a packed one, in the order of their first blocks.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">It, or a <c>.sancov</c> in it, is damaged.</exception>
    public static IReadOnlyList<UnpackedSancov> Read(string path)
    {
        byte[] file = FileContent.Read(path);
        var order = new List<(int ProcessId, string Module)>();
        var contents = new Dictionary<(int, string), MemoryStream>();
        int position = 0;
        while (position < file.Length)
        {
            int start = position;
            int processId = ReadNumber(file, ref position, path, "the id of a process");
            int nameLength = ReadNumber(file, ref position, path, "the length of a name");
            int dataLength = ReadNumber(file, ref position, path, "the length of a block");
            if (processId < 0 || nameLength <= 0 || dataLength < 0 || nameLength > file.Length - position || dataLength > file.Length - position - nameLength)
            {
                throw new CoverageFormatException(
                    $"{path}: packed, offset {start}: process {processId}, a name of {(uint)nameLength} and data of {(uint)dataLength} bytes, where {file.Length - start - PackedFile.HeaderSize} are left");
            }

            string module = Encoding.UTF8.GetString(file, position, nameLength);
            if (!contents.TryGetValue((processId, module), out MemoryStream? content))
            {
                contents.Add((processId, module), content = new MemoryStream());
                order.Add((processId, module));
            }

            content.Write(file, position + nameLength, dataLength);
            position += nameLength + dataLength;
        }

        return [.. order.Select(key => Check(path, key.Module, key.ProcessId, contents[key].ToArray()))];
    }

    private static UnpackedSancov Check(string path, string module, int processId, byte[] content)
    {
        SancovFile.Decode(content, $"{path}: {FileNames.Plain(module)}");
        return new UnpackedSancov(module, processId.ToString(CultureInfo.InvariantCulture), content);
    }

    private static int ReadNumber(byte[] file, ref int position, string path, string what)
    {
        if (file.Length - position < sizeof(int))
        {
            throw new CoverageFormatException($"{path}: packed, offset {position}: {file.Length - position} bytes are left; {what} takes {sizeof(int)}");
        }

        int number = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(position));
        position += sizeof(int);
        return number;
    }
}
