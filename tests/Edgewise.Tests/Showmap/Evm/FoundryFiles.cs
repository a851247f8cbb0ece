namespace Edgewise.Tests.Showmap.Evm;

/// <summary>The files of <c>tests/Data/foundry</c>.</summary>
internal static class FoundryFiles
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "foundry");

    public static string Plain { get; } = Path.Combine(Folder, "out", "Plain.t.sol", "PlainTest.json");

    public static string Cheating { get; } = Path.Combine(Folder, "out", "Cheating.t.sol", "CheatingTest.json");

    /// <summary>Every corpus: its folder, the harness and the function of a fuzz test.</summary>
    public static TheoryData<string, string, string?> Corpora { get; } = new()
    {
        { "corpus/PlainTest/invariant_solvent", Plain, null },
        { "corpus/PlainTest/testFuzz_digest", Plain, "testFuzz_digest" },
        { "made", Plain, null },
        { "corpus/CheatingTest/invariant_solvent", Cheating, null },
        { "corpus/CheatingTest/testFuzz_assume", Cheating, "testFuzz_assume" },
        { "corpus/CheatingTest/testFuzz_expect", Cheating, "testFuzz_expect(uint256)" },
        { "corpus/CheatingTest/testFuzz_pass", Cheating, "testFuzz_pass" },
    };

    /// <summary>The entries in a folder.</summary>
    public static string[] Entries(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
