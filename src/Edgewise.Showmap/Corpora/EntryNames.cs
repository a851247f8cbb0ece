using System.Globalization;

namespace Edgewise.Showmap.Corpora;

/// <summary>Names of entries in Foundry's corpora: <c>UUID-UNIXSECONDS.json</c>, or the same with <c>.gz</c>.</summary>
public static class EntryNames
{
    /// <summary>Ending of a packed entry.</summary>
    public const string PackedExtension = ".gz";

    private const string SequenceExtension = ".json";

    /// <summary>Reads the id and the time of a name; false for a name of another form.</summary>
    /// <param name="fileName">The name, without folders.</param>
    /// <param name="id">The id.</param>
    /// <param name="seconds">Unix time at which it was found.</param>
    public static bool TryParse(string fileName, out Guid id, out long seconds)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ReadOnlySpan<char> name = WithoutEnding(WithoutEnding(fileName, PackedExtension), SequenceExtension);
        int dash = name.LastIndexOf('-');
        id = default;
        seconds = 0;
        return dash > 0
            && Guid.TryParseExact(name[..dash], "D", out id)
            && long.TryParse(name[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
    }

    /// <summary>True for the name of a sequence of calls.</summary>
    public static bool IsSequence(string fileName) =>
        WithoutEnding(fileName, PackedExtension).EndsWith(SequenceExtension, StringComparison.OrdinalIgnoreCase) && TryParse(fileName, out _, out _);

    private static ReadOnlySpan<char> WithoutEnding(ReadOnlySpan<char> name, string ending) =>
        name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
}
