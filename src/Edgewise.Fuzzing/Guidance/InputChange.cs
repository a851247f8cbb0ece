namespace Edgewise.Fuzzing.Guidance;

/// <summary>What was done to an input.</summary>
/// <param name="Start">Where.</param>
/// <param name="Removed">Bytes that went.</param>
/// <param name="Replacement">What came in their place.</param>
internal readonly record struct InputChange(int Start, int Removed, byte[] Replacement)
{
    /// <summary>How much longer it makes an input.</summary>
    public int Growth => Replacement.Length - Removed;
}
