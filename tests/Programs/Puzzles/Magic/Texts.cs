using System.Globalization;
using Edgewise.Annotations;

namespace Puzzles.Magic;

/// <summary>Texts, and what is spelled by a text.</summary>
public static class Texts
{
    private static readonly Guid Interface = new("6f9619ff-8b86-d011-b42d-00c04fc964ff");
    private static readonly DateTime Epoch = new(1987, 11, 3);

    /// <summary>A literal.</summary>
    [FuzzTarget("magic-literal")]
    public static void Literal(string text) => Solve(text == "open, sesame");

    /// <summary>A switch over more strings than are compared one by one, and another behind it.</summary>
    [FuzzTarget("magic-switch")]
    public static void Switch(string text)
    {
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        string first = space < 0 ? text : text[..space], second = space < 0 ? "" : text[(space + 1)..];
        int direction = first switch
        {
            "north" => 1,
            "east" => 2,
            "south" => 3,
            "west" => 4,
            "upwards" => 5,
            "downwards" => 6,
            "sideways" => 7,
            "nowhere" => 8,
            _ => 0,
        };
        int distance = second switch
        {
            "crawling" => 1,
            "walking" => 2,
            "running" => 3,
            "sailing" => 4,
            "driving" => 5,
            "flying" => 6,
            "falling" => 7,
            _ => 0,
        };
        Solve(direction == 7 && distance == 4);
    }

    /// <summary>A <see cref="Guid"/> in one of its spellings.</summary>
    [FuzzTarget("magic-guid")]
    public static void Identifier(string text) => Solve(Guid.TryParse(text, out Guid identifier) && identifier == Interface);

    /// <summary>A <see cref="Guid"/> of sixteen bytes.</summary>
    [FuzzTarget("magic-guid-bytes")]
    public static void IdentifierBytes(ReadOnlySpan<byte> input) => Solve(input.Length >= 16 && new Guid(input[..16]) == Interface);

    /// <summary>A date in a fixed form.</summary>
    [FuzzTarget("magic-date")]
    [Expects(typeof(FormatException))]
    public static void Date(string text) => Solve(DateTime.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) == Epoch);

    private static void Solve(bool isSolved)
    {
        if (isSolved)
        {
            throw new PuzzleSolvedException();
        }
    }
}
