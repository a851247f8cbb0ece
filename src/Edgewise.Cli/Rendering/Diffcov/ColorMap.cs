using System.Buffers.Binary;
using System.Globalization;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Colours for numbers from 0 to 1, by the names and with the values that matplotlib has for them.</summary>
/// <remarks>
/// <c>colormaps.bin</c> holds viridis, plasma, inferno, magma and cividis one after the other: 256 colours, each red, green and blue as
/// big-endian 16-bit parts of 65,535, so that what becomes of them in eight bits is what becomes of the originals. <c>_r</c> behind a name turns a map round.
/// </remarks>
internal sealed class ColorMap
{
    private const int Colors = 256, Channels = 3, MapBytes = Colors * Channels * sizeof(ushort);
    private const string Reversed = "_r", Gray = "gray", Resource = "Edgewise.Cli.Rendering.Diffcov.colormaps.bin";

    // The light part of a map is what black text can be read on.
    private const double Light = 0.3;

    private static readonly string[] Stored = ["viridis", "plasma", "inferno", "magma", "cividis"];
    private static readonly Lazy<byte[]> Table = new(Load);

    private readonly int _map;
    private readonly bool _isReversed;

    private ColorMap(int map, bool isReversed) => (_map, _isReversed) = (map, isReversed);

    /// <summary>Names of all maps.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Stored, Gray];

    /// <summary>The map that is used where none is named.</summary>
    public static ColorMap Viridis { get; } = new(0, false);

    /// <summary>The map of a name, or null.</summary>
    public static ColorMap? Find(string name)
    {
        bool isReversed = name.EndsWith(Reversed, StringComparison.Ordinal);
        string plain = isReversed ? name[..^Reversed.Length] : name;
        int map = plain == Gray ? Stored.Length : Array.IndexOf(Stored, plain);
        return map < 0 ? null : new ColorMap(map, isReversed);
    }

    /// <summary>The colour of a number as six hexadecimal digits, lightened for black text.</summary>
    public static string LightHex((double Red, double Green, double Blue) color) => Hex((Lighten(color.Red), Lighten(color.Green), Lighten(color.Blue)));

    /// <summary>A colour as six hexadecimal digits.</summary>
    public static string Hex((double Red, double Green, double Blue) color) =>
        string.Create(CultureInfo.InvariantCulture, $"{Byte(color.Red):X2}{Byte(color.Green):X2}{Byte(color.Blue):X2}");

    /// <summary>The colour of a number as six hexadecimal digits, lightened for black text.</summary>
    public string LightHex(double part) => LightHex(At(part));

    /// <summary>The colour of a number, each channel from 0 to 1.</summary>
    public (double Red, double Green, double Blue) At(double part)
    {
        int color = Math.Clamp((int)(Math.Clamp(part, 0, 1) * Colors), 0, Colors - 1);
        color = _isReversed ? Colors - 1 - color : color;
        if (_map == Stored.Length)
        {
            double gray = color / (Colors - 1.0);
            return (gray, gray, gray);
        }

        ReadOnlySpan<byte> channels = Table.Value.AsSpan((_map * MapBytes) + (color * Channels * sizeof(ushort)));
        return (Channel(channels), Channel(channels[sizeof(ushort)..]), Channel(channels[(2 * sizeof(ushort))..]));
    }

    /// <summary>True where black text reads better on a colour than white does, by the relative luminance of WCAG 2.</summary>
    public static bool WantsBlackText((double Red, double Green, double Blue) color) =>
        (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue)) > 0.179;

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);

    private static double Channel(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes) / (double)ushort.MaxValue;

    private static double Lighten(double channel) => 1 - ((1 - channel) * Light);

    private static int Byte(double channel) => (int)Math.Round(channel * byte.MaxValue);

    private static byte[] Load()
    {
        using Stream stream = typeof(ColorMap).Assembly.GetManifestResourceStream(Resource)!;
        byte[] table = new byte[stream.Length];
        stream.ReadExactly(table);
        return table;
    }
}
