namespace Edgewise.Showmap.Files;

/// <summary>The kinds of points that showmap files name, in the order in which they stand there.</summary>
public static class PointDomain
{
    /// <summary>Instructions of contracts: <c>evm_HASH_PC</c>, the PC in at least four digits.</summary>
    public const string Evm = "evm";

    /// <summary>Points of native code: <c>sancov_0xINDEX</c>, the index in at least four digits.</summary>
    public const string Sancov = "sancov";

    /// <summary>Points of .NET code: <c>cil_HASH_RVA</c>, the RVA in eight digits.</summary>
    public const string Cil = "cil";

    /// <summary>Points of the Linux kernel: <c>kcov_BUILDID_OFFSET</c>, the whole build id, and the PC relative to <c>_text</c> in at least four digits.</summary>
    public const string Kcov = "kcov";

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<string> All { get; } = [Evm, Sancov, Cil, Kcov];

    /// <summary>Place of a domain in the order; -1 for one that is not known.</summary>
    public static int OrderOf(string domain)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i] == domain)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>What names of points begin with.</summary>
    internal static string PrefixOf(string domain, string hash) => domain == Sancov ? "sancov_0x" : $"{domain}_{HashIn(domain, hash)}_";

    /// <summary>As much of a hash as stands in a name. Of a build id that is all: linkers make them in several lengths.</summary>
    internal static string HashIn(string domain, string hash) => domain == Kcov ? hash : ShowmapLine.Short(hash);

    /// <summary>Hex digits of the number, at least.</summary>
    internal static byte DigitsOf(string domain) => domain == Cil ? (byte)8 : (byte)4;
}
