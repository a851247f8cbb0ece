using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Options;

/// <summary>A level as it was given: <c>func</c>, <c>bb</c>, <c>edge</c>, or a number of 2016.</summary>
/// <param name="Level">The level, or null for none: the image is only written anew.</param>
/// <param name="Note">What the user should know of the spelling, or null.</param>
internal sealed record LevelChoice(InstrumentationLevel? Level, string? Note)
{
    /// <summary>Reads a level.</summary>
    /// <param name="text">Its name.</param>
    /// <param name="errors">Receives what is wrong with it.</param>
    public static LevelChoice Parse(string text, Action<string> errors)
    {
        switch (text)
        {
            case "func":
                return new LevelChoice(InstrumentationLevel.Func, null);
            case "bb":
                return new LevelChoice(InstrumentationLevel.Bb, null);
            case "edge":
                return new LevelChoice(InstrumentationLevel.Edge, null);
            case "0":
                return new LevelChoice(null, "--level 0 is 'no coverage': images are written without points");
            case "1":
                return new LevelChoice(InstrumentationLevel.Func, "--level 1 is called 'func' now");
            case "2":
                return new LevelChoice(InstrumentationLevel.Bb, "--level 2 is called 'bb' now");
            case "3":
                return new LevelChoice(InstrumentationLevel.Edge, "--level 3 is called 'edge' now");
            case "4":
                return new LevelChoice(InstrumentationLevel.Edge, "--level 4 is called 'edge' now; it also meant indirect-calls, a feature of its own that this version has not");
            default:
                errors($"--level: '{text}' is not known; known are func, bb, edge, and the numbers 0 to 4");
                return new LevelChoice(null, null);
        }
    }
}
