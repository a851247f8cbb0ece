using System.Globalization;
using System.Text.RegularExpressions;

namespace Edgewise.Cli.Terminal;

/// <summary>Lines on a terminal that are painted over.</summary>
internal sealed partial class PaintedBlock(TextWriter error)
{
    private int _height;

    /// <summary>Paints lines over those that stand there.</summary>
    public void Paint(string[] lines)
    {
        Erase();
        int width = Console.WindowWidth > 0 ? Console.WindowWidth : int.MaxValue;
        foreach (string line in lines)
        {
            error.WriteLine(Cut(line, width));
        }

        error.Flush();
        _height = lines.Length;
    }

    /// <summary>Takes the block away; what is written next stands where it was.</summary>
    public void Erase()
    {
        if (_height > 0)
        {
            error.Write(string.Create(CultureInfo.InvariantCulture, $"\u001b[{_height}A\r\u001b[J"));
            error.Flush();
            _height = 0;
        }
    }

    // A line that wraps is two, and the block would not be painted over as a whole. Colours take no room.
    private static string Cut(string line, int width) => Colours().Replace(line, "").Length < width ? line : Colours().Replace(line, "")[..(width - 1)];

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colours();
}
