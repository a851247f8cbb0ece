namespace Fuzzed;

/// <summary>A class that cannot be initialised.</summary>
public static class BrokenClass
{
    private static readonly int Number = int.Parse("no number", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Would be a target, were it not for its class.</summary>
    public static void Run(ReadOnlySpan<byte> input) => _ = input.Length + Number;
}
