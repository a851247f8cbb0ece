namespace Edgewise.Tests.Sancov.Native;

/// <summary>What LLVM 14's <c>sancov</c> answered to a command line, and where we answer otherwise.</summary>
/// <param name="Name">Name of the stored answer.</param>
/// <param name="ExitCode">Our exit code.</param>
/// <param name="Error">Our line on standard error, without the path before it; null where we are silent.</param>
/// <param name="Deviation">Why our standard output differs; null where the bytes are the same.</param>
public sealed record GoldenCase(string Name, int ExitCode, string? Error, string? Deviation)
{
    private const string Unites = "several files of one binary are united: a point is one point";

    /// <summary>All stored answers. Exit codes are ours: what could not be done is 1.</summary>
    public static IReadOnlyList<GoldenCase> All { get; } =
    [
        Same("print1"),
        new("print12", 0, null, Unites + ", and PCs are sorted"),
        Same("edge_print"),
        Same("pcs"),
        Same("edge_pcs"),
        Same("stats1"),
        Same("edge_stats"),
        Same("cf1"),
        Same("cf12"),
        Same("edge_cf"),
        Same("ncf1"),
        Same("edge_ncf"),
        Same("sym1"),
        Same("sym1_strip"),
        Same("edge_sym"),
        new("sym12", 0, null, Unites + ", so ids have no number before them and the binary has its hash"),
        Same("merge1"),
        Failing("badmagic", "bad.1.sancov: .sancov: magic 6867666564636261; c0bfffffffffff64 or c0bfffffffffff32 expected"),
        Failing("short", "short.1.sancov: .sancov: 3 bytes; the magic alone takes 8"),
        Failing("missing", "nosuch.1.sancov: there is no such file"),
        Failing("nocov", "plain: has no coverage points: neither a call of __sanitizer_cov_trace_pc_guard or its kind nor a table __sancov_pcs"),
        Failing("noobj", "a.out.1.sancov: its module a.out is not among the files"),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static GoldenCase Same(string name) => new(name, 0, null, null);

    private static GoldenCase Failing(string name, string error) => new(name, 1, error, null);
}
