using System.Text;
using Edgewise.Cli.Rendering;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Symbols;

namespace Edgewise.Tests.Sancov;

public sealed class RenderingTests
{
    private static readonly CoverageSummary Markdig = new("Markdig.dll", 2012, 731, 14522, 3870);
    private static readonly CoverageSummary Application = new("App.dll", 4, 4, 9, 9);

    [Fact]
    public void The_table_is_aligned_and_has_a_total_where_there_are_several_modules()
    {
        const string Expected = """
            module       functions covered  edges covered  percent
            Markdig.dll        731 of 2012  3870 of 14522     26.6
            App.dll                 4 of 4         9 of 9    100.0
            total              735 of 2016  3879 of 14531     26.7

            """;

        Assert.Equal(Expected.ReplaceLineEndings("\n"), Table(Markdig, Application));
    }

    [Fact]
    public void One_module_needs_no_total_and_a_long_name_does_not_wrap()
    {
        string name = new string('x', 200) + ".dll";

        string[] lines = Table(Application with { ModuleName = name }).Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.Equal($"{name}             4 of 4         9 of 9    100.0", lines[1]);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "", true)]
    [InlineData(true, "1", false)]
    [InlineData(false, null, false)]
    public void Only_a_terminal_gets_colour_and_not_where_NO_COLOR_is_set(bool isTerminal, string? noColor, bool expected)
    {
        Assert.Equal(expected, AnsiTerminal.HasColour(isTerminal, noColor));
        Assert.DoesNotContain('\u001b', Table(Markdig, Application));
    }

    [Theory]
    [InlineData(0, 10, "0.0")]
    [InlineData(1, 59025, "0.1")]
    [InlineData(59024, 59025, "99.9")]
    [InlineData(59025, 59025, "100.0")]
    [InlineData(1, 3, "33.3")]
    [InlineData(0, 0, "-")]
    public void Rounding_never_says_none_or_all(long part, long whole, string expected) => Assert.Equal(expected, Percent.Of(part, whole));

    [Fact]
    public void Stats_are_LLVMs_four_lines_with_a_heading_for_each_of_several_modules()
    {
        Assert.Equal("all-edges: 9\ncov-edges: 9\nall-functions: 4\ncov-functions: 4\n", SancovText.Stats([Application]));
        Assert.Equal(
            "Markdig.dll:\nall-edges: 14522\ncov-edges: 3870\nall-functions: 2012\ncov-functions: 731\n\nApp.dll:\nall-edges: 9\ncov-edges: 9\nall-functions: 4\ncov-functions: 4\n",
            SancovText.Stats([Markdig, Application]));
    }

    [Fact]
    public void PCs_are_hex_with_a_heading_for_each_of_several_modules()
    {
        Assert.Equal("0x2050\n0xdeeda\n", SancovText.Pcs([("a.dll", [0x2050, 0xdeeda])]));
        Assert.Equal("a.dll:\n0x2050\n\nb.dll:\n", SancovText.Pcs([("a.dll", [0x2050]), ("b.dll", [])]));
    }

    [Fact]
    public void Functions_have_their_place_and_names_move_no_cursor()
    {
        FunctionCoverage[] functions =
        [
            new("Shop.Cart.Add", 0x06000001, 0x2050, new SourceLocation("/src/Cart.cs", 12, 5), 3, 1),
            new("Evil\u001b[2J\nName", 0x06000002, 0x2070, new SourceLocation("/src/\u202Ecs.x", 1, 1), 3, 0),
            new("Shop.Cart.None", 0x06000003, 0x20a0, null, 1, 0),
        ];

        string text = SancovText.Functions([("Shop.dll", functions)]);

        Assert.Equal("/src/Cart.cs:12 Shop.Cart.Add\n/src/\\u202ecs.x:1 Evil\\u001b[2J\\u000aName\nShop.dll:0x20a0 Shop.Cart.None\n", text);
    }

    [Fact]
    public void Json_has_the_documented_shape()
    {
        PointSet points = new()
        {
            ModuleName = "Shop.dll",
            OriginalHash = new byte[32],
            Level = InstrumentationLevel.Edge,
            Features = CoverageFeatures.Inline8BitCounters,
            Pruning = Pruning.Exact,
            EntryPruned = false,
            SelectionHash = [],
            Methods = [new PointMethod(0x06000001, 0x2050, 10, 0, 1, 0, 1)],
            Blocks = [new PointBlock(0, 10, 0, 0, 0)],
            Implying = [],
            Pcs = [0x2050],
            Kinds = [PointKind.Entry],
        };
        ModuleCoverage module = new(points, [1], null);
        const string Expected = """
            {
              "version": 1,
              "action": "covered-functions",
              "modules": [
                {
                  "module": "Shop.dll",
                  "originalHash": "0000000000000000000000000000000000000000000000000000000000000000",
                  "level": "edge",
                  "pruning": "exact",
                  "edges": 1,
                  "coveredEdges": 1,
                  "functionCount": 1,
                  "coveredFunctionCount": 1,
                  "excludedEdges": 0,
                  "excludedFunctionCount": 0,
                  "functions": [
                    {
                      "name": "0x06000001",
                      "token": "0x06000001",
                      "rva": "0x2050",
                      "edges": 1,
                      "coveredEdges": 1
                    }
                  ]
                }
              ]
            }

            """;

        string json = Encoding.UTF8.GetString(SancovJson.Functions("covered-functions", [(module, module.Functions())]));

        Assert.Equal(Expected.ReplaceLineEndings("\n"), json);
    }

    [Fact]
    public void Text_that_is_plain_stays_as_it_is()
    {
        const string Name = "Größe.⟨T⟩ 𝒳";

        Assert.Same(Name, TerminalText.Plain(Name));
        Assert.Equal("a\\ud800b", TerminalText.Plain("a\ud800b"));
    }

    private static string Table(params CoverageSummary[] summaries)
    {
        using StringWriter writer = new();
        CoverageTable.Write(writer, isTerminal: false, summaries);
        return writer.ToString().ReplaceLineEndings("\n");
    }
}
