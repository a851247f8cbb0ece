namespace Edgewise.Symbols.Points;

/// <summary>Names of the sections that clang makes for coverage.</summary>
internal static class SancovSections
{
    /// <summary>The guards of <c>trace-pc-guard</c>, four bytes each.</summary>
    public const string Guards = "__sancov_guards";

    /// <summary>The table of <c>pc-table</c>: pairs of an address and flags.</summary>
    public const string Pcs = "__sancov_pcs";
}
