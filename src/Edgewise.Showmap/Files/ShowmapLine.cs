using System.Buffers;
using System.Globalization;

namespace Edgewise.Showmap.Files;

/// <summary>A line of a showmap file: which point, and how often it was hit.</summary>
/// <param name="Domain">Kind of the point, one of <see cref="PointDomain"/>.</param>
/// <param name="Hash">The first digits of what tells builds, in hex, of a kernel all; empty for native code.</param>
/// <param name="Number">Its PC or RVA in the module; the index of a point of native code.</param>
/// <param name="Count">How often, or by which class.</param>
/// <remarks>The text is <c>NAME:COUNT</c>. What <c>differential-coverage</c> reads has no further colon.</remarks>
public readonly record struct ShowmapLine(string Domain, string Hash, ulong Number, ulong Count)
{
    /// <summary>Digits of the hash that stand in a file.</summary>
    public const int HashDigits = 16;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The name of the point, as it stands in a file.</summary>
    public string Name => PointDomain.PrefixOf(Domain, Hash) + Number.ToString($"x{PointDomain.DigitsOf(Domain)}", CultureInfo.InvariantCulture);

    /// <summary>Reads a line.</summary>
    /// <returns>False for a line of another form.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ShowmapLine line)
    {
        line = default;
        int colon = text.IndexOf(':');
        if (colon < 0 || !ulong.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong count))
        {
            return false;
        }

        ReadOnlySpan<char> name = text[..colon];
        foreach (string domain in PointDomain.All)
        {
            int hashDigits = domain switch
            {
                PointDomain.Sancov => 0,
                // A build id has as many digits as the linker gave it.
                PointDomain.Kcov => Math.Max(0, name.LastIndexOf('_') - domain.Length - 1),
                _ => HashDigits,
            };
            string start = domain == PointDomain.Sancov ? PointDomain.PrefixOf(domain, "") : domain + "_";
            int numberStart = start.Length + (hashDigits == 0 ? 0 : hashDigits + 1);
            if (name.StartsWith(start, StringComparison.Ordinal) && name.Length >= numberStart + PointDomain.DigitsOf(domain)
                && (hashDigits == 0 || name[numberStart - 1] == '_') && !name.Slice(start.Length, hashDigits).ContainsAnyExcept(Hex) && !name[numberStart..].ContainsAnyExcept(Hex)
                && ulong.TryParse(name[numberStart..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number))
            {
                line = new ShowmapLine(domain, name.Slice(start.Length, hashDigits).ToString(), number, count);
                return true;
            }
        }

        return false;
    }

    /// <summary>As much of a hash as stands in a file.</summary>
    internal static string Short(string hash) => hash.Length > HashDigits ? hash[..HashDigits] : hash;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}:{Count}");
}
