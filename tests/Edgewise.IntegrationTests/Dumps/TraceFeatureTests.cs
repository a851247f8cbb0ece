using System.Globalization;
using Edgewise.IntegrationTests.Run;
using Edgewise.Runtime.Formats;
using Edgewise.Symbols;

namespace Edgewise.IntegrationTests.Dumps;

/// <summary><c>trace-bb</c> from the command line to the printed trace.</summary>
public sealed class TraceFeatureTests
{
    // The blocks of Early: the test of the number, below it, above it. Of Late: before the loop, its body, its condition, the return.
    private const string MainThread = "Early 0, Early 2, Early 0, Early 1";
    private const string OtherThread = "Late 0, Late 2, Late 1, Late 2, Late 1, Late 2, Late 3";

    [Fact]
    public void Each_thread_leaves_the_blocks_that_it_went_through_in_their_order()
    {
        using var folder = new CoverageFolder();
        using var edgewise = new EdgewiseRun();
        string list = Path.Combine(folder.Path, "only-code.txt");
        File.WriteAllText(list, "src:*\nfun:SelfObserver.Code.*\n");

        using ChildProcess process = edgewise.Start(
            folder, TestPrograms.SelfObserver, ["--features", "trace-bb", "--level", "bb", "--no-prune", "--allowlist", list], ["threads"]);

        Assert.True(process.WaitForEnd() == 0, process.Error);
        Assert.Equal(MainThread, Trace(folder, ""));
        Assert.Equal(OtherThread, Trace(folder, "-2"));
    }

    // What the command prints, each place as method and number of its block.
    private static string Trace(CoverageFolder folder, string thread)
    {
        string file = Path.Combine(folder.Path, $"trace-events.{folder.Record().ProcessId}{thread}.sancov");
        using ChildProcess command = ChildProcess.Start([TestPrograms.Edgewise, "sancov", "trace", file]);
        Assert.True(command.WaitForEnd() == 0, command.Error);
        PointSet points = PointSetCodec.Read(File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path, "*.points"))), "points");
        using ModuleSymbols symbols = ModuleSymbols.Open(TestPrograms.SelfObserver, lines: false);
        return string.Join(", ", command.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Name(line, points, symbols)));
    }

    private static string Name(string line, PointSet points, ModuleSymbols symbols)
    {
        int pc = int.Parse(line[(line.LastIndexOf("0x", StringComparison.Ordinal) + 2)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        int point = Array.IndexOf(points.Pcs, pc);
        PointMethod method = points.Methods[points.MethodOfPoint(point)];
        return $"{symbols.NameOf(method.Token).Split('.')[^1]} {point - method.FirstPoint}";
    }
}
