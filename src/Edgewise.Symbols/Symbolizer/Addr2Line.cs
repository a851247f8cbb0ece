using System.Globalization;
using System.Text;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Asks <c>addr2line</c> of binutils, one process a binary.</summary>
internal sealed class Addr2Line(string program, SymbolizerOptions options, ICollection<string> warnings)
{
    private const string Unknown = "??";

    /// <summary>Fills in the frames of all addresses that the program knows.</summary>
    /// <exception cref="SymbolsException">The program cannot be started.</exception>
    public void Fill(IReadOnlyList<AddressList> lists, Frame[][][] found)
    {
        for (int i = 0; i < lists.Count; i++)
        {
            if (Fill(lists[i], found[i]) < lists[i].Addresses.Length)
            {
                warnings.Add($"{lists[i].File.Path}: {program} gave no answer for every address; the symbol table names the rest");
            }
        }
    }

    private int Fill(AddressList list, Frame[][] found)
    {
        string[] arguments = ["-e", list.File.Path, "-f", "-i", "-a", .. options.Demangle ? (string[])["-C"] : []];
        using SymbolizerProcess process = new(program, arguments, input => AddressLines.Write(input, [], list.Addresses));
        int answered = 0;
        List<Frame> frames = [];
        string? function = null;
        while (process.TryReadLine(out ReadOnlySpan<byte> bytes))
        {
            string line = Encoding.UTF8.GetString(bytes);
            if (function is not null)
            {
                frames.Add(new Frame(function == Unknown ? "" : function, LocationOf(line), null));
                function = null;
            }
            else if (line.StartsWith("0x", StringComparison.Ordinal))
            {
                // An address begins each answer, and so ends the one before.
                Finish(found, answered++, frames);
            }
            else
            {
                function = line;
            }
        }

        Finish(found, answered, frames);
        return answered;
    }

    private static void Finish(Frame[][] found, int answered, List<Frame> frames)
    {
        if (answered > 0 && answered <= found.Length)
        {
            found[answered - 1] = frames is [{ Function: "", Location: null }] ? [] : [.. frames];
        }

        frames.Clear();
    }

    // FILE:LINE, with "(discriminator 3)" behind it where there is one.
    private static SourceLocation? LocationOf(string line)
    {
        int discriminator = line.LastIndexOf(" (discriminator", StringComparison.Ordinal);
        string place = discriminator < 0 ? line : line[..discriminator];
        int colon = place.LastIndexOf(':');
        return colon > 0 && place[..colon] != Unknown
            ? new SourceLocation(place[..colon], int.TryParse(place.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0, 0)
            : null;
    }
}
