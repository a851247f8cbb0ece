using Edgewise.Annotations;

namespace Puzzles.Further;

/// <summary>Names that stand in no comparison of the program, only in its metadata.</summary>
public static class Names
{
    // Wide numbers, since a member is found by its number in digits as well.
    private enum Colour
    {
        Black = 0x000000,
        SteelBlue = 0x4682B4,
        OliveDrab = 0x6B8E23,
        Orchid = 0xDA70D6,
        Coral = 0xFF7F50,
        Ivory = 0xFFFFF0,
    }

    /// <summary>A member of an enumeration, by its name in any case.</summary>
    [FuzzTarget("further-enum")]
    public static void Member(string text)
    {
        if (!Enum.TryParse(text, ignoreCase: true, out Colour colour))
        {
            return;
        }

        switch (colour)
        {
            case Colour.Black:
                Sink.Number = 1;
                break;
            case Colour.Orchid or Colour.Coral:
                Sink.Number = 2;
                break;
            case Colour.SteelBlue:
                throw new PuzzleSolvedException();
            default:
                break;
        }
    }
}
