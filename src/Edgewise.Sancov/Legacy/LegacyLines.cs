using System.Globalization;
using System.Text;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;

namespace Edgewise.Sancov.Legacy;

/// <summary>Reads the text files of 2016, whose lines end with a line feed.</summary>
internal static class LegacyLines
{
    /// <summary>The lines of a file, without their ends.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">Its last line has no end: the file is cut off.</exception>
    public static string[] Read(string path, string format)
    {
        byte[] content = FileContent.Read(path);
        if (content.Length == 0)
        {
            return [];
        }

        return content[^1] == '\n'
            ? Encoding.UTF8.GetString(content.AsSpan(0, content.Length - 1)).Split('\n')
            : throw new CoverageFormatException($"{path}: {format}, offset {content.Length}: the last line has no end; the file is cut off");
    }

    /// <summary>The place that a line <c>module 0xoffset</c> names; the module may have spaces.</summary>
    /// <exception cref="CoverageFormatException">It is no such line.</exception>
    public static CodePlace Place(string path, string format, string[] lines, int index)
    {
        string line = lines[index];
        int space = line.LastIndexOf(' ');
        if (space <= 0 || !line.AsSpan(space + 1).StartsWith("0x", StringComparison.Ordinal)
            || !ulong.TryParse(line.AsSpan(space + 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong offset))
        {
            throw Wrong(path, format, index, line, "MODULE 0xOFFSET");
        }

        return new CodePlace(line[..space], offset);
    }

    /// <summary>The failure to say what stands in a line.</summary>
    public static CoverageFormatException Wrong(string path, string format, int index, string line, string expected) =>
        new($"{path}: {format}, line {index + 1}: '{Short(line)}'; {expected} expected");

    private static string Short(string line) => line.Length <= 80 ? line : line[..80] + "…";
}
