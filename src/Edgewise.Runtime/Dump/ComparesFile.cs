using System.Globalization;
using System.Text;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Dump;

/// <summary>What each traced site compared last, as text: a line a site, module, PC, kind with width, and the values. The form stands in <c>docs/formats.md</c>.</summary>
public static class ComparesFile
{
    private const char FirstPrintable = ' ';
    private const char LastPrintable = '~';

    /// <summary>Where a process leaves it beside the map of its parent, which cannot see the tables.</summary>
    public static string PathOf(string mapPath) => $"{mapPath}.compares";

    /// <summary>The content for the tables of modules; empty where nothing was compared.</summary>
    /// <exception cref="CoverageFormatException">A module's point set is damaged.</exception>
    public static byte[] Encode(IEnumerable<CoverageModule> modules)
    {
        var text = new StringBuilder();
        foreach (CoverageModule module in modules)
        {
            string name = FileNames.Plain(module.Name);
            foreach ((int _, string line) in Values(module).Concat(Sequences(module)).OrderBy(static entry => entry.Site))
            {
                text.Append(name).Append(' ').Append(line).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<(int Site, string Line)> Values(CoverageModule module) =>
        module.RecentCompares().Select(static compare => (compare.Site, FormattableString.Invariant(compare.Kind switch
        {
            SiteKind.Compare => $"0x{compare.Pc:x} cmp{compare.Width} 0x{compare.Left:x} 0x{compare.Right:x}",
            SiteKind.ConstantCompare => $"0x{compare.Pc:x} const-cmp{compare.Width} 0x{compare.Right:x} 0x{compare.Left:x}",
            SiteKind.Switch => $"0x{compare.Pc:x} switch{compare.Width} 0x{compare.Left:x}",
            SiteKind.Division => $"0x{compare.Pc:x} div{compare.Width} 0x{compare.Left:x}",
            _ => $"0x{compare.Pc:x} gep{compare.Width} 0x{compare.Left:x}",
        })));

    private static IEnumerable<(int Site, string Line)> Sequences(CoverageModule module) =>
        module.RecentSequenceCompares().Select(static compare => (compare.Site, string.Create(
            CultureInfo.InvariantCulture,
            $"0x{compare.Pc:x} {(compare.IsUtf16 ? "chars" : "bytes")} {Quoted(compare.Left, compare.IsUtf16)} {Quoted(compare.Right, compare.IsUtf16)}")));

    private static string Quoted(byte[] bytes, bool isUtf16)
    {
        var text = new StringBuilder("\"");
        int step = isUtf16 ? sizeof(char) : 1;
        for (int i = 0; i + step <= bytes.Length; i += step)
        {
            int unit = isUtf16 ? bytes[i] | (bytes[i + 1] << 8) : bytes[i];
            if (unit is '"' or '\\')
            {
                text.Append('\\').Append((char)unit);
            }
            else if (unit is >= FirstPrintable and <= LastPrintable)
            {
                text.Append((char)unit);
            }
            else
            {
                text.Append(isUtf16 ? @"\u" : @"\x").Append(unit.ToString(isUtf16 ? "x4" : "x2", CultureInfo.InvariantCulture));
            }
        }

        return text.Append('"').ToString();
    }
}
