using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Options;

/// <summary>Reads levels: <c>func</c>, <c>bb</c>, <c>edge</c>, and the numbers of 2016.</summary>
internal static class LevelNames
{
    /// <summary>Reads a level; null is level 0, no coverage.</summary>
    public static Reading<InstrumentationLevel?> Parse(string text) => text switch
    {
        "func" => new(InstrumentationLevel.Func),
        "bb" => new(InstrumentationLevel.Bb),
        "edge" => new(InstrumentationLevel.Edge),
        "0" => new(null, ["--level 0 is no coverage: the image is written without points"], []),
        "1" => new(InstrumentationLevel.Func, ["--level 1 is called 'func' now"], []),
        "2" => new(InstrumentationLevel.Bb, ["--level 2 is called 'bb' now"], []),
        "3" => new(InstrumentationLevel.Edge, ["--level 3 is called 'edge' now"], []),
        "4" => new(InstrumentationLevel.Edge, ["--level 4 is called 'edge' now; the indirect-calls that it brought along are not there yet"], []),
        _ => new(null, [], [$"--level: '{text}' is not known; known are func, bb, edge, and the numbers 0 to 4 of old"]),
    };
}
