using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>A callback that must come before an instruction.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Width">Bytes of its values.</param>
/// <param name="ValueAt">Place of the value beside a constant, or of a switch's, a divisor's or an index's, counted from the top of the stack.</param>
internal sealed record ExpectedSite(SiteKind Kind, int Width, int ValueAt)
{
    /// <summary>The constant of a comparison with one.</summary>
    public ulong Constant { get; private init; }

    /// <summary>Cases of a switch, ascending.</summary>
    public ulong[] Cases { get; private init; } = [];

    /// <summary>What is added to the value of a switch.</summary>
    public int Base { get; private init; }

    /// <summary>True if the values are floating point.</summary>
    public bool IsFloat { get; private init; }

    /// <summary>A comparison of the two topmost values.</summary>
    public static ExpectedSite Comparison(int width, bool isFloat) => new(SiteKind.Compare, width, 1) { IsFloat = isFloat };

    /// <summary>A comparison with a constant.</summary>
    public static ExpectedSite ConstantComparison(int width, ulong constant, int valueAt, bool isFloat = false) =>
        new(SiteKind.ConstantCompare, width, valueAt) { Constant = constant, IsFloat = isFloat };

    /// <summary>A switch of 4 or 8 bytes.</summary>
    public static ExpectedSite Switch(int width, int valueAt, IEnumerable<int> cases, int first = 0) => new(SiteKind.Switch, width, valueAt)
    {
        Cases = [.. cases.Select(value => width == sizeof(ulong) ? unchecked((ulong)value) : unchecked((uint)value)).Order()],
        Base = first,
    };

    /// <summary>A division of 4 or 8 bytes.</summary>
    public static ExpectedSite Division(int width) => new(SiteKind.Division, width, 0);

    /// <summary>An index of 4 or 8 bytes.</summary>
    public static ExpectedSite Index(int width, int valueAt) => new(SiteKind.Index, width, valueAt);
}
