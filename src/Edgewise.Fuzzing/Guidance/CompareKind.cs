namespace Edgewise.Fuzzing.Guidance;

/// <summary>What a logged comparison compared.</summary>
internal enum CompareKind : byte
{
    /// <summary>Two numbers.</summary>
    Numbers,

    /// <summary>A number (left) with the values of a <c>switch</c>.</summary>
    Switch,

    /// <summary>Two sequences of bytes.</summary>
    Bytes,

    /// <summary>Two sequences of characters of two bytes each.</summary>
    Chars,
}
