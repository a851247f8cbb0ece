using System.Globalization;

namespace Edgewise.Report.Model;

/// <summary>How often a point ran, as far as a counter tells.</summary>
/// <param name="Count">The number, or the least one that fits.</param>
/// <param name="OrMore">True where it may be more: a counter at its limit, or a class of counts such as 4–7.</param>
public readonly record struct HitCount(long Count, bool OrMore)
{
    /// <summary>The sum of two runs or places.</summary>
    public static HitCount operator +(HitCount a, HitCount b) => new(a.Count + b.Count, a.OrMore || b.OrMore);

    /// <summary>The sum of two runs or places.</summary>
    public static HitCount Add(HitCount left, HitCount right) => left + right;

    /// <summary>The larger of two.</summary>
    public static HitCount Max(HitCount a, HitCount b) => (a.Count, a.OrMore).CompareTo((b.Count, b.OrMore)) >= 0 ? a : b;

    /// <summary>Once or more, where a run without counters says that it ran and no counter does.</summary>
    public HitCount AtLeast(bool isCovered) => isCovered && Count == 0 ? new HitCount(1, OrMore: true) : this;

    /// <summary><c>17</c>, or <c>4+</c> where it may be more.</summary>
    public override string ToString() => Count.ToString(CultureInfo.InvariantCulture) + (OrMore ? "+" : "");
}
