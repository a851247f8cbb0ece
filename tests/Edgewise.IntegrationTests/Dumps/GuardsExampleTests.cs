using System.Globalization;
using System.Text.RegularExpressions;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Dumps;

/// <summary>The worked example prints what its README says.</summary>
public sealed partial class GuardsExampleTests(EdgewiseRun edgewise) : IClassFixture<EdgewiseRun>
{
    [Fact]
    public void Each_module_prints_its_guards_and_each_edge_its_guard_and_place()
    {
        string[] without = Run(), with = Run("argument");

        Match init = InitPattern().Match(without[0]);
        long start = Number(init, "start"), stop = Number(init, "stop");
        Assert.True(init.Success, without[0]);
        Assert.Equal(5 * sizeof(uint), stop - start);
        Assert.Equal(["2 Main 8", "3 Main 9", "5 Main 13"], Guards(without, start));
        Assert.Equal(["2 Main 8", "4 Main 10", "1 Foo 5", "5 Main 13"], Guards(with, Number(InitPattern().Match(with[0]), "start")));
    }

    private static IEnumerable<string> Guards(string[] lines, long start) => lines.Skip(1).Select(line =>
    {
        Match match = GuardPattern().Match(line);
        Assert.True(match.Success, line);
        Assert.Equal(Number(match, "number"), ((Number(match, "address") - start) / sizeof(uint)) + 1);
        return $"{match.Groups["number"]} {match.Groups["method"]} {match.Groups["line"]}";
    });

    private string[] Run(params string[] arguments)
    {
        using var folder = new CoverageFolder();
        using ChildProcess process = edgewise.Start(
            folder,
            TestPrograms.GuardsExample,
            ["--features", "trace-pc-guard,inline-8bit-counters,pc-table", "--callbacks", "GuardCallbacks!GuardCallbacks.GuardPrinter", "--assemblies", "GuardsExample"],
            arguments);
        Assert.True(process.WaitForEnd() == 0, process.Error);
        return process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^INIT: 0x(?<start>[0-9a-f]+) 0x(?<stop>[0-9a-f]+)$")]
    private static partial Regex InitPattern();

    [GeneratedRegex(@"^guard: 0x(?<address>[0-9a-f]+) (?<number>[0-9a-f]+) PC 0x1[0-9a-f]{8} in GuardsExample\.Program\.(?<method>\w+) .*/Target/Program\.cs:(?<line>\d+):\d+$")]
    private static partial Regex GuardPattern();
}
