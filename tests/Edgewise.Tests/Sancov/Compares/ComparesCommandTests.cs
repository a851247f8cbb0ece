using System.Text.Json;
using Edgewise.Runtime.Formats;
using Edgewise.Symbols;
using Edgewise.Tests.Symbols;

namespace Edgewise.Tests.Sancov.Compares;

/// <summary><c>edgewise sancov compares</c> on a real module: where its lines come from, and what becomes of bad input.</summary>
public sealed class ComparesCommandTests : IDisposable
{
    private readonly CoverageFolder _folder = new();
    private readonly ModuleSymbols _symbols = ModuleSymbols.Open(typeof(Specimens).Assembly.Location);
    private readonly PointMethod _first;
    private readonly PointMethod _second;

    public ComparesCommandTests()
    {
        PointMethod[] methods = [.. _folder.Points.Methods.Where(method => _symbols.LocationOf(method.Token, 0) is not null).OrderBy(method => _symbols.LocationOf(method.Token, 0)!.Value.Line)];
        (_first, _second) = (methods[0], methods[^1]);
    }

    public void Dispose()
    {
        _symbols.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Compares_are_printed_by_source_line_of_the_module_that_the_record_names()
    {
        string file = WriteRun(_folder.Original, $"{At(_second)} chars \"a \\\"b\\\"\" \"\\u000a\"", $"{At(_first)} const-cmp4 0x2a 0x7", $"{At(_first)} switch8 0xffffffffffffffff");

        (int exitCode, string output, string error) = CoverageFolder.Run("compares", file);

        Assert.Equal(
            (0, $"{PlaceOf(_first)} const-cmp4 0x2a 0x7\n{PlaceOf(_first)} switch8 0xffffffffffffffff\n{PlaceOf(_second)} chars \"a \\\"b\\\"\" \"\\u000a\"\n", ""),
            (exitCode, output, error));
    }

    [Fact]
    public void Json_has_kind_width_and_values_apart()
    {
        string file = WriteRun(
            _folder.Original, $"{At(_first)} chars \"a \\\"b\\\"\\\\\" \"\\u00fcx\"", $"{At(_first)} bytes \"PK\\x03\" \"\"", $"{At(_first)} cmp2 0xffff 0x3", $"{At(_first)} gep8 0x5");

        using JsonDocument json = JsonDocument.Parse(CoverageFolder.Run("compares", "--json", "-", file).Output);

        JsonElement[] compares = [.. json.RootElement.GetProperty("files")[0].GetProperty("compares").EnumerateArray()];
        Assert.Equal(
            ["chars 2 [\"a \\u0022b\\u0022\\\\\",\"\\u00FCx\"]", "bytes 1 [\"504b03\",\"\"]", "cmp 2 [\"0xffff\",\"0x3\"]", "gep 8 [\"0x5\"]"],
            compares.Select(one => $"{one.GetProperty("kind")} {one.GetProperty("width")} {JsonSerializer.Serialize(one.GetProperty("values"))}"));
        Assert.All(compares, one => Assert.Equal(PlaceOf(_first), $"{one.GetProperty("file")}:{one.GetProperty("line")}"));
        Assert.All(compares, one => Assert.Equal(_symbols.NameOf(_symbols.UserMethodOf(_first.Token)), one.GetProperty("function").GetString()));
    }

    [Fact]
    public void A_module_that_is_named_serves_where_there_is_no_record()
    {
        string file = WriteCompares($"{At(_first)} div4 0x3");

        (int exitCode, string output, string error) = CoverageFolder.Run("compares", file, _folder.Original);

        Assert.Equal((0, $"{PlaceOf(_first)} div4 0x3\n", ""), (exitCode, output, error));
    }

    [Fact]
    public void Without_the_module_places_are_those_of_the_file()
    {
        string file = WriteRun("/nowhere/Edgewise.Tests.dll", $"{At(_first)} div4 0x3", "Other.dll 0x2050 div4 0x4");

        (int exitCode, string output, string error) = CoverageFolder.Run("compares", file);

        Assert.Equal((0, $"{At(_first).Replace(' ', ':')} div4 0x3\nOther.dll:0x2050 div4 0x4\n"), (exitCode, output));
        Assert.Equal(
            "edgewise: Edgewise.Tests.dll: not at hand, so its places have no lines; name the module, too\n"
            + "edgewise: Other.dll: not at hand, so its places have no lines; name the module, too\n",
            error);
    }

    [Fact]
    public void A_module_of_another_build_tells_no_lines_and_is_an_error_where_it_was_named()
    {
        string other = _folder.Write(Path.Combine("other", CoverageFolder.ModuleName), [.. File.ReadAllBytes(_folder.Original), 0]);
        string file = WriteRun(other, $"{At(_first)} div4 0x3");

        (int exitCode, string output, string error) = CoverageFolder.Run("compares", file);
        (int namedExitCode, _, string namedError) = CoverageFolder.Run("compares", file, other);

        Assert.Equal((0, $"{At(_first).Replace(' ', ':')} div4 0x3\n"), (exitCode, output));
        Assert.Equal($"edgewise: {other}: another build than the one that ran, so its places have no lines; name the one that ran, too\n", error);
        Assert.Equal(1, namedExitCode);
        Assert.StartsWith($"edgewise: {other}: another build than the one that ran: ", namedError, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instrumented_image_says_that_the_original_is_needed()
    {
        string file = WriteRun(_folder.Original, $"{At(_first)} div4 0x3");

        (int exitCode, string output, string error) = CoverageFolder.Run("compares", file, _folder.Instrumented);

        Assert.Equal((0, $"{At(_first).Replace(' ', ':')} div4 0x3\n"), (exitCode, output));
        Assert.Equal($"edgewise: {_folder.Instrumented}: an instrumented image tells no lines; name the original, too\n", error);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("App.dll 2050 cmp4 0x1 0x2")]
    [InlineData("App.dll 0xffffffff cmp4 0x1 0x2")]
    [InlineData("App.dll 0x2050 cmp3 0x1 0x2")]
    [InlineData("App.dll 0x2050 cmp4 0x1")]
    [InlineData("App.dll 0x2050 switch4 0x1 0x2")]
    [InlineData("App.dll 0x2050 cmp1 0x100 0x2")]
    [InlineData("App.dll 0x2050 chars \"a\"")]
    [InlineData("App.dll 0x2050 chars \"a\" \"\\u00\"")]
    [InlineData("App.dll 0x2050 bytes \"a\" \"\\u0000\"")]
    [InlineData("App.dll 0x2050 chars \"a\" \"b\" ")]
    public void A_damaged_line_is_named_with_what_was_expected(string line)
    {
        string file = WriteCompares($"{At(_first)} div4 0x3", line);

        Assert.Equal(
            (1, "", $"edgewise: {file}: compares, line 2: '{line}'; MODULE 0xPC cmp4 0xLEFT 0xRIGHT, or another kind, or chars \"LEFT\" \"RIGHT\" expected\n"),
            CoverageFolder.Run("compares", file));
    }

    [Fact]
    public void A_file_that_is_cut_off_or_of_another_kind_is_an_error()
    {
        string cut = _folder.Write("compares.5.txt", [.. "App.dll 0x2050 div4 0x3"u8]);
        string other = _folder.Write("notes.txt", [.. "hello"u8]);

        Assert.Equal((1, "", $"edgewise: {cut}: compares, offset 23: the last line has no end; the file is cut off\n"), CoverageFolder.Run("compares", cut));
        Assert.Equal((1, "", $"edgewise: {other}: expected compares.PID.txt or a .NET module\n"), CoverageFolder.Run("compares", other));
        Assert.Equal((1, "", $"edgewise: {_folder.Original}: a module alone has no compares; expected a file with a name like compares.4711.txt, too\n"), CoverageFolder.Run("compares", _folder.Original));
        Assert.Equal((1, "", "edgewise: compares.6.txt: there is no such file\n"), CoverageFolder.Run("compares", "compares.6.txt"));
    }

    private static string At(PointMethod method) => $"{CoverageFolder.ModuleName} 0x{method.Rva:x}";

    private string PlaceOf(PointMethod method) => _symbols.LocationOf(method.Token, 0) is { } location ? $"{location.File}:{location.Line}" : "";

    private string WriteCompares(params string[] lines)
    {
        _folder.WriteRun(4711, []);
        return _folder.Write("coverage/compares.4711.txt", System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
    }

    private string WriteRun(string modulePath, params string[] lines)
    {
        string file = WriteCompares(lines);
        RunModule module = new(
            CoverageFolder.ModuleName, modulePath, Convert.ToHexStringLower(_folder.Points.OriginalHash), _folder.Points.PointCount, 0, null,
            FileNames.Points(CoverageFolder.ModuleName, _folder.Points.IdentityText));
        RunFile.Write(Path.Combine(Path.GetDirectoryName(file)!, FileNames.Run(4711)), new RunRecord
        {
            ToolVersion = "1",
            Program = "app.dll",
            Arguments = [],
            ProcessId = 4711,
            End = RunEnd.Unknown,
            Modules = [module],
            Files = [Path.GetFileName(file)],
        });
        return file;
    }
}
