using System.Runtime.Intrinsics.X86;

namespace Edgewise.Runtime.Platform;

/// <summary>Tells whether the processor stores and loads 16 aligned bytes as one.</summary>
/// <remarks>
/// Those with AVX do (Intel SDM 3A 9.1.1, AMD64 APM 2 7.3.2), and those of Arm that have FEAT_LSE2 (Arm ARM B2.2.1). Linux calls that <c>uscat</c>, all of
/// Apple's have it; where nobody is asked, it is taken for missing.
/// </remarks>
internal static class PairStores
{
    private const string ProcessorList = "/proc/cpuinfo";
    private const string FeatureList = "Features";
    private const string Lse2 = "uscat";

    /// <summary>True if they are one.</summary>
    public static readonly bool AreAtomic = Avx.IsSupported || OperatingSystem.IsMacOS() || (OperatingSystem.IsLinux() && File.Exists(ProcessorList) && HasLse2(File.ReadLines(ProcessorList)));

    /// <summary>True if all of the processors in a list of Linux's have FEAT_LSE2.</summary>
    public static bool HasLse2(IEnumerable<string> processors)
    {
        string[] features = [.. processors.Where(static line => line.StartsWith(FeatureList, StringComparison.Ordinal))];
        return features.Length > 0 && Array.TrueForAll(features, static line => line.Split(' ').Contains(Lse2));
    }
}
