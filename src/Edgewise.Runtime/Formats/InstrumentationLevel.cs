namespace Edgewise.Runtime.Formats;

/// <summary>Which places are instrumented, as clang's <c>func</c>, <c>bb</c> and <c>edge</c>.</summary>
public enum InstrumentationLevel : byte
{
    /// <summary>Function entries only.</summary>
    Func = 1,

    /// <summary>Blocks.</summary>
    Bb = 2,

    /// <summary>Blocks after critical edges were split.</summary>
    Edge = 3,
}
