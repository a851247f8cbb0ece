using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;

namespace Edgewise.Sancov.Legacy;

/// <summary>Reads <c>PID.sancov.raw</c> files with the <c>PID.sancov.map</c> beside them.</summary>
public static partial class RawReader
{
    /// <summary>What <c>.sancov</c> files the PCs make, one a module, in the order of the modules' addresses.</summary>
    /// <param name="path">Path of the <c>.raw</c>.</param>
    /// <param name="warnings">Takes a sentence where PCs lie in no module of the map.</param>
    /// <exception cref="SancovException">A file cannot be read, or has another kind of name.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    public static IReadOnlyList<UnpackedSancov> Read(string path, List<string> warnings)
    {
        Match name = NamePattern().Match(Path.GetFileName(path));
        if (!name.Success)
        {
            throw new SancovException($"{path}: expected a name like 4711.sancov.raw: the number of the process");
        }

        string process = name.Groups["pid"].Value;
        RawMap map = RawMap.Read(Path.Combine(Path.GetDirectoryName(path) ?? "", $"{process}.sancov.map"));
        byte[] raw = FileContent.Read(path);
        if (raw.Length % map.Width != 0)
        {
            throw new CoverageFormatException(
                $"{path}: raw, offset {raw.Length - (raw.Length % map.Width)}: {raw.Length % map.Width} bytes of a PC of {map.Width}; the file is cut off");
        }

        // A module of several ranges is one file.
        var modules = new Dictionary<string, SortedSet<ulong>>();
        ulong firstStranger = 0;
        int strangers = 0;
        for (int offset = 0; offset < raw.Length; offset += map.Width)
        {
            ulong pc = map.Width == sizeof(ulong)
                ? BinaryPrimitives.ReadUInt64LittleEndian(raw.AsSpan(offset))
                : BinaryPrimitives.ReadUInt32LittleEndian(raw.AsSpan(offset));
            if (pc == 0)
            {
                continue;
            }

            if (map.Find(pc) is not { } range)
            {
                firstStranger = strangers++ == 0 ? pc : firstStranger;
                continue;
            }

            if (!modules.TryGetValue(range.Module, out SortedSet<ulong>? pcs))
            {
                modules.Add(range.Module, pcs = []);
            }

            pcs.Add(pc - range.Base);
        }

        if (strangers > 0)
        {
            warnings.Add($"{path}: {strangers} PCs lie in no module of {Path.GetFileName(map.Path)}, and are left out; the first is 0x{firstStranger:x}");
        }

        return
        [
            .. map.Ranges.Select(static range => range.Module).Distinct().Where(modules.ContainsKey)
                .Select(module => new UnpackedSancov(module, process, SancovFile.Encode([.. modules[module]]))),
        ];
    }

    [GeneratedRegex(@"^(?<pid>[0-9]+)\.sancov\.raw$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
