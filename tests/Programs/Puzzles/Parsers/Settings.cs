using System.Globalization;
using Edgewise.Annotations;

namespace Puzzles.Parsers;

/// <summary>A file of settings, <c>key = value</c> a line with comments, whose values have types of their own.</summary>
public static class Settings
{
    private enum Mode
    {
        Off,
        Shadow,
        Mirror,
        Primary,
    }

    /// <summary>Reads the settings; one combination of three is the one that counts.</summary>
    [FuzzTarget("parser-settings")]
    public static void Read(string text)
    {
        var mode = Mode.Off;
        int workers = 1;
        bool isLocal = false;
        foreach (string line in text.Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.StartsWith('#') || equals < 0)
            {
                continue;
            }

            string value = line[(equals + 1)..].Trim();
            switch (line[..equals].Trim())
            {
                case "mode":
                    Enum.TryParse(value, ignoreCase: true, out mode);
                    break;
                case "workers":
                    int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out workers);
                    break;
                case "listen":
                    isLocal = value.StartsWith("unix:", StringComparison.Ordinal);
                    break;
                default:
                    break;
            }
        }

        if (mode == Mode.Mirror && workers is >= 20 and <= 24 && isLocal)
        {
            throw new PuzzleSolvedException();
        }
    }
}
