using System.Runtime.InteropServices;

namespace Edgewise.Fuzzing.Campaigns;

/// <summary>How much a campaign's memory has room for.</summary>
/// <remarks>A feature is a number: first those that are no classes of points, then eight for each point, one a hit-count class.</remarks>
/// <param name="Points">Counters, one byte each.</param>
/// <param name="ExtraFeatures">Features that are no hit-count classes of points.</param>
/// <param name="InputRoom">Bytes of the longest input.</param>
/// <param name="Entries">Entries of the corpus.</param>
/// <param name="Heap">Bytes for what entries consist of.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CampaignSizes(int Points, int ExtraFeatures, int InputRoom, int Entries, long Heap)
{
    public const int ClassesPerPoint = 8;

    /// <summary>False for what can stand only in a damaged file.</summary>
    public bool AreSound => Points >= 0 && Points <= int.MaxValue / (2 * ClassesPerPoint) && ExtraFeatures is >= 0 and <= 1 << 24 && InputRoom >= 0 && Entries > 0 && Heap is > 0 and < 1L << 31;

    /// <summary>Features of both kinds.</summary>
    public int Features => (Points * ClassesPerPoint) + ExtraFeatures;
}
