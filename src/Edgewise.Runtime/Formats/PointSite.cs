namespace Edgewise.Runtime.Formats;

/// <summary>A traced compare, division, index, access or call.</summary>
/// <param name="Pc">RVA of the instruction in the original image.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Width">Bytes of the values compared, divided, loaded or stored; 0 where there is none.</param>
/// <param name="Constants">
/// The constant of a <see cref="SiteKind.ConstantCompare"/>, the cases of a <see cref="SiteKind.Switch"/> in ascending order (zero-extended from
/// <paramref name="Width"/>); else empty.
/// </param>
public readonly record struct PointSite(int Pc, SiteKind Kind, int Width, ulong[] Constants)
{
    /// <summary>Most sites of a module.</summary>
    public const int MaximumCount = 1 << 24;
}
