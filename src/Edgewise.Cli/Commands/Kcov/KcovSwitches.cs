using System.Globalization;
using Edgewise.Cli.Options;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Modes;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>Reads the options of <c>edgewise kcov run</c>.</summary>
internal static class KcovSwitches
{
    private const string Hex = "0x";

    /// <summary>Modes of kcov.</summary>
    public static Reading<KernelModes> Modes(string text) =>
        KernelModesText.TryParse(text, out KernelModes modes, out string error) ? new(modes) : new(default, [], [$"--mode: {error}"]);

    /// <summary>Words of the area, in whole pages.</summary>
    /// <param name="text">What was given; null for the default.</param>
    public static Reading<int> Words(string? text)
    {
        if (text is null)
        {
            return new(CollectionOptions.DefaultWords);
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long words))
        {
            return new(0, [], [$"--words: '{text}' is no whole number"]);
        }

        if (words < KcovDevice.LeastWords)
        {
            return new(0, [], [$"--words {words}: too small: one word is the count, and a record takes at least another; expected {KcovDevice.LeastWords} or more"]);
        }

        if (words > KcovDevice.MostWords)
        {
            return new(0, [], [string.Create(CultureInfo.InvariantCulture, $"--words {words}: too large: kcov takes at most INT_MAX/8 = {KcovDevice.MostWords} words (2 GiB)")]);
        }

        int whole = CollectionOptions.WholePages(words);
        return new(whole, whole == words ? [] : [$"--words {words}: kcov's memory comes in whole pages of {CollectionOptions.PageWords} words; {whole} are taken"], []);
    }

    /// <summary>A handle of remote coverage, in decimal or with 0x in hex.</summary>
    /// <param name="text">What was given; null for none.</param>
    public static Reading<ulong?> Handle(string? text)
    {
        if (text is null)
        {
            return new(null);
        }

        bool isHex = text.StartsWith(Hex, StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(isHex ? text[Hex.Length..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong handle) && RemoteTrace.IsHandle(handle)
            ? new(handle)
            : new(null, [], [$"--remote: '{text}' is no handle; expected the subsystem in the highest byte (0 common, 1 USB), an instance in the lowest four bytes, zeros between, as in 0x0100000000000002"]);
    }
}
