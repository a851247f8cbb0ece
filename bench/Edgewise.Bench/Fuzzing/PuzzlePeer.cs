namespace Edgewise.Bench.Fuzzing;

/// <summary>What libFuzzer of LLVM 14 needed for its own puzzles: executions with the seeds 1, 2 and 3, at most 3 million runs or 12 s; null: not solved.</summary>
/// <param name="Puzzle">LLVM's name of the puzzle.</param>
/// <param name="Usual">With the defaults.</param>
/// <param name="ValueProfile">With <c>-use_value_profile=1</c>.</param>
internal sealed record PuzzlePeer(string Puzzle, IReadOnlyList<long?> Usual, IReadOnlyList<long?> ValueProfile)
{
    private static readonly IReadOnlyList<long?> Never = [null, null, null];

    /// <summary>All of them, in the order of tables.</summary>
    public static IReadOnlyList<PuzzlePeer> All { get; } =
    [
        new("SimpleTest", [7188, 5730, 8784], [22718, 8133, 18188]),
        new("SimpleCmpTest", [1268243, 1147078, null], [447643, 590060, 828166]),
        new("SwitchTest", Never, [782329, 787600, null]),
        new("Switch2Test", Never, [226464, 148371, 206713]),
        new("Switch3Test", [174847, 32606, 230476], [113362, 33744, 61393]),
        new("MemcmpTest", [1301479, 1889079, 1524524], [98063, 204919, 366267]),
        new("Memcmp64BytesTest", [8953, 12272, 6873], [8228, 8844, 8069]),
        new("StrcmpTest", [21539, 119507, 13797], [81278, 25378, 40832]),
        new("StrncmpTest", [859315, 2695114, 940716], [291584, 239407, 361288]),
        new("StrstrTest", [8367, 7315, 48275], [30068, 7119, 43077]),
        new("SingleMemcmpTest", [1713, 2816, 3145], [6036, 2497, 3688]),
        new("SingleStrcmpTest", [2213, 1503, 1211], [2474, 636, 3158]),
        new("FourIndependentBranchesTest", Never, [1374692, 1264857, 2799730]),
        new("CounterTest", [7335, 14955, 16145], [22424, 12582, 20984]),
        new("CallerCalleeTest", [14498, 12898, 48223], [531349, 83455, 49467]),
        new("SwapCmpTest", [307750, 2031533, 1727817], [422802, 642565, 280684]),
        new("AbsNegAndConstantTest", [44257, 888878, 172256], [152649, 43494, 42288]),
        new("AbsNegAndConstant64Test", [1175881, 426304, 258939], [141005, 372833, 121462]),
        new("FullCoverageSetTest", Never, [2295933, 2074203, 1222866]),
        new("ThreeBytes", Never, [69178, 18909, 72559]),
        new("RepeatedBytesTest", [6093, 11941, 10708], [7378, 7647, 6074]),
        new("RepeatedMemcmp", [44341, 68722, 184819], [86312, 82138, 123022]),
        new("CxxStringEqTest", [6589, 32681, 16905], [2162, 4895, 2121]),
        new("SimpleHashTest", [667190, null, 420641], [293775, 320367, 46360]),
        new("DivTest", Never, Never),
        new("CrossOverTest", Never, Never),
        new("OnlySomeBytesTest", Never, Never),
        new("SimpleDictionaryTest", Never, Never),
    ];
}
