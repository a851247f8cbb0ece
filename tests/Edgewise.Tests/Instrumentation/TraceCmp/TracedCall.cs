using System.Globalization;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>A call of a data-flow callback.</summary>
/// <param name="Name">Its name without <c>Trace</c>.</param>
/// <param name="First">First argument.</param>
/// <param name="Second">Second argument; 0 where there is none but the site.</param>
/// <param name="Cases">Bits and cases of a switch, else empty.</param>
/// <param name="Site">Number of the site, process-wide.</param>
public readonly record struct TracedCall(string Name, ulong First, ulong Second, string Cases, int Site)
{
    /// <summary>The call as tables of expected calls have it, numbers in hexadecimal.</summary>
    public override string ToString() => Cases.Length > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Name}({First:x}, {Cases})")
        : Name.Contains("Cmp", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{Name}({First:x}, {Second:x})")
            : string.Create(CultureInfo.InvariantCulture, $"{Name}({First:x})");
}
