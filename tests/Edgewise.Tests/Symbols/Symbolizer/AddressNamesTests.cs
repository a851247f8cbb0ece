using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Points;
using Edgewise.Symbols.Symbolizer;
using Edgewise.Tests.Runtime;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Symbols.Symbolizer;

public sealed class AddressNamesTests : IDisposable
{
    // Gives a fixed answer a line, as llvm-symbolizer would; ends after so many.
    private const string Answer = """{"Address":"0x1","ModuleName":"x","Symbol":[{"Column":7,"FileName":"/src/in.h","FunctionName":"inner","Line":3,"StartLine":2},{"Column":1,"FileName":"/src/a.c","FunctionName":"outer","Line":20,"StartLine":18}]}""";

    private static readonly ElfFile Binary = Binaries.Read(Binaries.Of("x86_64-guard.static"));

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    private static ulong[] Pcs => [.. BinaryPoints.Find(Binary).Pcs];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_symbol_table_names_functions_and_says_what_it_cannot_give()
    {
        Frame[][] frames = Find(SymbolizerOptions.None);

        Assert.Equal(["straight1", "diamond3", "loop3", "cases4", "start1"], frames.Select(frame => Assert.Single(frame).Function).Distinct());
        Assert.Equal(["names are from the symbol table alone: no lines, no inlined functions, and names of C++ and Rust as the linker sees them"], _warnings);
    }

    [Fact]
    public void All_addresses_go_to_one_process()
    {
        string program = Program($"echo started >> {_folder.File("starts")}; while read -r line; do echo '{Answer}'; done");

        Frame[][] frames = Find(program);

        Assert.All(frames, frame => Assert.Equal(["inner", "outer"], frame.Select(one => one.Function)));
        Assert.Equal(new Frame("outer", new("/src/a.c", 20, 1), new("/src/a.c", 18, 0)), frames[0][1]);
        Assert.Single(File.ReadAllLines(_folder.File("starts")));
    }

    [Fact]
    public void A_process_that_dies_midway_is_started_again_for_the_rest()
    {
        string program = Program($"echo started >> {_folder.File("starts")}; for i in 1 2 3 4 5; do read -r line || exit 0; echo '{Answer}'; done; exit 1");

        Frame[][] frames = Find(program);

        Assert.All(frames, frame => Assert.Equal("outer", frame[^1].Function));
        Assert.Equal(3, File.ReadAllLines(_folder.File("starts")).Length);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_process_that_never_answers_leaves_the_names_to_the_symbol_table()
    {
        Frame[][] frames = Find(Program("exit 1"));

        Assert.Equal("straight1", frames[0][0].Function);
        Assert.StartsWith($"{_folder.File("llvm-symbolizer")}: ended early 8 times", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_are_no_JSON_are_told()
    {
        Frame[][] frames = Find(Program("echo main; echo /src/a.c:1:2"));

        Assert.Equal("straight1", frames[0][0].Function);
        Assert.Contains("its answers are no JSON; llvm-symbolizer of LLVM 13 or later expected", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Addr2line_gives_lines_and_inlined_functions_without_columns()
    {
        string program = Program("while read -r line; do echo 0x0001; echo inner; echo '/src/in.h:3 (discriminator 2)'; echo outer; echo /src/a.c:20; done", "addr2line");

        Frame[][] frames = Find(program);

        Assert.Equal([new Frame("inner", new("/src/in.h", 3, 0), null), new Frame("outer", new("/src/a.c", 20, 0), null)], frames[11]);
        Assert.Contains("tells no columns, and not where a function is declared", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    private Frame[][] Find(string program) => AddressNames.Find([new AddressList(Binary, Pcs)], new SymbolizerOptions { Program = program }, _warnings)[0];

    private string Program(string script, string name = "llvm-symbolizer")
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the programs here are shell scripts");
        string path = _folder.File(name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
