using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Points;
using Edgewise.Symbols.Symbolizer;
using Edgewise.Tests.Runtime;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Symbols.Symbolizer;

public sealed class AddressNamesTests : IDisposable
{
    // A fixed answer, in the words of 'llvm-symbolizer --verbose'.
    private const string Answer =
        "inner\n  Filename: /src/in.h\n  Function start line: 2\n  Line: 3\n  Column: 7\n"
        + "outer\n  Filename: /src/a.c\n  Function start filename: /src/a.c\n  Function start line: 18\n  Function start address: 0x10\n  Line: 20\n  Column: 1\n  Discriminator: 2\n";

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
        string program = Program($"echo started >> {_folder.File("starts")}; while read -r line; do printf '{Answer}\\n'; done");

        Frame[][] frames = Find(program);

        Assert.All(frames, frame => Assert.Equal(["inner", "outer"], frame.Select(one => one.Function)));
        Assert.Equal(new Frame("outer", new("/src/a.c", 20, 1), new("/src/a.c", 18, 0)), frames[0][1]);
        Assert.Single(File.ReadAllLines(_folder.File("starts")));
    }

    [Fact]
    public void Without_declarations_the_program_is_asked_for_less()
    {
        string program = Program("case \"$*\" in *verbose*) exit 1;; esac; while read -r line; do printf 'inner\\n/src/C:1/in.h:3:7\\nouter\\n??:0:0\\n\\n'; done");

        Frame[][] frames = AddressNames.Find([new AddressList(Binary, Pcs)], new SymbolizerOptions { Program = program, NeedsDeclarations = false }, _warnings)[0];

        Assert.All(frames, frame => Assert.Equal([new Frame("inner", new("/src/C:1/in.h", 3, 7), null), new Frame("outer", null, null)], frame));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void What_a_program_complains_of_is_told_once()
    {
        Find(Program($"while read -r line; do echo 'cannot open x.dwo' >&2; printf '{Answer}\\n'; done"));

        Assert.Equal([$"{Binary.Path}: {_folder.File("llvm-symbolizer")}: cannot open x.dwo"], _warnings);
    }

    [Fact]
    public void A_process_that_dies_midway_is_started_again_for_the_rest()
    {
        string program = Program($"echo started >> {_folder.File("starts")}; for i in 1 2 3 4 5; do read -r line || exit 0; printf '{Answer}\\n'; done; exit 1");

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
    public void Answers_of_another_program_are_told()
    {
        Frame[][] frames = Find(Program("echo main; echo '  main, at a.c'"));

        Assert.Equal("straight1", frames[0][0].Function);
        Assert.Contains("its answers are not those of llvm-symbolizer", Assert.Single(_warnings), StringComparison.Ordinal);
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
