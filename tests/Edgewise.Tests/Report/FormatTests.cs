using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Edgewise.Report.Formats;
using Edgewise.Report.Model;

namespace Edgewise.Tests.Report;

/// <summary>The formats that other tools read.</summary>
public sealed class FormatTests
{
    private static readonly CoverageReport Report = new([], [
        new ReportFile(
            "/src/main.c", "/src/main.c",
            [new ReportFunction("main", 3, 3, 2, new HitCount(17, false), "app"), new ReportFunction("evil\n,name\u001b", 9, 1, 0, null, "app"), new ReportFunction("main", 12, 1, 1, null, "lib.so")],
            [
                new ReportLine(4, LineState.Covered, 1, 1, new HitCount(17, false)), new ReportLine(5, LineState.Partly, 2, 1, null), new ReportLine(9, LineState.Uncovered, 1, 0, null),
                new ReportLine(10, LineState.Implied, 0, 0, null), new ReportLine(12, LineState.Covered, 2, 1, null),
            ],
            6, 3),
        new ReportFile("", "app", [new ReportFunction("nowhere", 0, 1, 1, null, "app")], [], 1, 1),
    ]);

    [Fact]
    public void Lcov_has_functions_branches_and_lines_and_no_line_that_is_only_inferred()
    {
        using StringWriter text = new();

        LcovWriter.Write(Report, text);

        Assert.Equal(
            """
            TN:
            SF:/src/main.c
            FN:3,main
            FN:9,evil\u000a,name\u001b
            FN:12,main [lib.so]
            FNDA:17,main
            FNDA:0,evil\u000a,name\u001b
            FNDA:1,main [lib.so]
            FNF:3
            FNH:2
            BRDA:5,0,0,1
            BRDA:5,0,1,0
            BRDA:12,0,0,1
            BRDA:12,0,1,1
            BRF:4
            BRH:3
            DA:4,17
            DA:5,1
            DA:9,0
            DA:12,1
            LF:4
            LH:3
            end_of_record

            """.ReplaceLineEndings("\n"),
            text.ToString());
    }

    [Fact]
    public void Cobertura_has_the_elements_of_its_document_type_in_their_order()
    {
        using MemoryStream content = new();

        CoberturaWriter.Write(Report, content, DateTimeOffset.FromUnixTimeSeconds(1000));

        XElement coverage = XDocument.Parse(Encoding.UTF8.GetString(content.ToArray())).Root!;
        Assert.Equal(["sources", "packages"], coverage.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(
            ["line-rate", "branch-rate", "lines-covered", "lines-valid", "branches-covered", "branches-valid", "complexity", "version", "timestamp"],
            coverage.Attributes().Select(attribute => attribute.Name.LocalName));
        XElement file = Assert.Single(coverage.Descendants("class"));
        Assert.Equal(["methods", "lines"], file.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("0.75", (string?)file.Attribute("line-rate"));
        Assert.Equal(["4", "5", "9", "12"], file.Element("lines")!.Elements().Select(line => (string?)line.Attribute("number")));
        Assert.Equal("50% (1/2)", (string?)file.Element("lines")!.Elements().ElementAt(1).Attribute("condition-coverage"));
        Assert.Equal([2, 1, 1], file.Descendants("method").Select(method => method.Descendants("line").Count()));
        Assert.Equal("evil\\u000a,name\\u001b", (string?)file.Descendants("method").ElementAt(1).Attribute("name"));
    }

    [Fact]
    public void Cobertura_begins_with_its_declaration()
    {
        using MemoryStream content = new();

        CoberturaWriter.Write(Report, content, DateTimeOffset.FromUnixTimeSeconds(1000));

        Assert.Equal("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"u8, content.ToArray().AsSpan(0, 39));
    }

    [Fact]
    public void Json_has_everything()
    {
        using MemoryStream content = new();
        using (Utf8JsonWriter json = new(content))
        {
            JsonReportWriter.Write(Report, json);
        }

        using JsonDocument document = JsonDocument.Parse(content.ToArray());
        JsonElement files = document.RootElement.GetProperty("files");
        Assert.Equal(["/src/main.c", "app"], files.EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        Assert.Equal(["covered", "partly", "uncovered", "implied", "covered"], files[0].GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("state").GetString()));
        Assert.Equal(17, files[0].GetProperty("functions")[0].GetProperty("hits").GetInt64());
        Assert.Equal(4, document.RootElement.GetProperty("totals").GetProperty("lines").GetInt32());
    }
}
