using System.Globalization;

namespace Edgewise.Kernel.Modes;

/// <summary>Modes as words and numbers.</summary>
public static class KernelModesText
{
    private const string Expected = "expected pc, cmp, uniq-pc, uniq-edge, uniq-cmp or uniq-pc,uniq-edge; as numbers 0, 1, 2, 4, 8 or 6";

    private static readonly (string Name, KernelModes Mode)[] Names =
        [("pc", KernelModes.TracePc), ("cmp", KernelModes.TraceCompare), ("uniq-pc", KernelModes.UniquePc), ("uniq-edge", KernelModes.UniqueEdge), ("uniq-cmp", KernelModes.UniqueCompare)];

    /// <summary>Reads a number, or names with commas between.</summary>
    /// <param name="text">The text.</param>
    /// <param name="modes">The modes.</param>
    /// <param name="error">What is wrong with the text, where it is not understood.</param>
    public static bool TryParse(string text, out KernelModes modes, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        modes = 0;
        error = "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            modes = (KernelModes)number;
            error = IsValid(modes) ? "" : $"'{text}' is no mode: {Expected}";
            return error.Length == 0;
        }

        string[] parts = text.Split(',');
        foreach (string part in parts)
        {
            int known = Array.FindIndex(Names, name => name.Name == part);
            if (known < 0)
            {
                error = $"'{part}' is no mode: {Expected}";
                return false;
            }

            modes |= Names[known].Mode;
        }

        // pc is the number 0, so that it would vanish beside another.
        bool isAlone = parts.Length == 1 || !parts.Contains("pc");
        error = isAlone && IsValid(modes) ? "" : $"'{text}' does not go together: {Expected}";
        return error.Length == 0;
    }

    /// <summary>True for one of the six that there are.</summary>
    public static bool IsValid(KernelModes modes) => (int)modes is 0 or 1 or 2 or 4 or 6 or 8;

    /// <summary>The names, with commas between.</summary>
    public static string NameOf(KernelModes modes) =>
        modes == KernelModes.TracePc ? "pc" : string.Join(',', Names.Where(name => name.Mode != 0 && modes.HasFlag(name.Mode)).Select(name => name.Name));
}
