using Edgewise.Symbols;
using Edgewise.Symbols.Elf;

namespace Edgewise.Tests.Symbols.Elf;

public sealed class ElfFileTests
{
    [Theory]
    [InlineData("i386-guard.static", ElfMachine.X86, ElfKind.Executable, 4)]
    [InlineData("x86_64-guard.pie", ElfMachine.X64, ElfKind.Shared, 8)]
    [InlineData("aarch64-guard.so", ElfMachine.Arm64, ElfKind.Shared, 8)]
    [InlineData("aarch64-guard.o", ElfMachine.Arm64, ElfKind.Relocatable, 8)]
    public void The_header_tells_processor_and_kind(string name, ElfMachine machine, ElfKind kind, int wordSize)
    {
        ElfFile file = Binaries.Read(Binaries.Of(name));

        Assert.Equal((machine, kind, wordSize), (file.Machine, file.Kind, file.WordSize));
    }

    [Fact]
    public void Functions_stand_in_the_order_of_their_addresses_with_one_an_address()
    {
        ElfFile file = Binaries.Read(Binaries.Of("x86_64-guard.static"));

        string[] ours = [.. file.FunctionSymbols.Select(symbol => symbol.Name).Where(name => name.Length > 0 && char.IsDigit(name[^1]))];

        Assert.Equal(["straight1", "diamond3", "loop3", "cases4", "start1"], ours);
        Assert.All(file.FunctionSymbols.Zip(file.FunctionSymbols.Skip(1)), pair => Assert.True(pair.First.Value < pair.Second.Value));
    }

    [Fact]
    public void A_stripped_shared_object_keeps_its_exported_functions()
    {
        ElfFile file = Binaries.Read(Binaries.Of("x86_64-guard.stripped-so"));

        Assert.Empty(file.Symbols);
        Assert.Contains(file.FunctionSymbols, symbol => symbol.Name == "diamond3");
    }

    [Theory]
    [InlineData("x86_64-guard.static", 16)]
    [InlineData("x86_64-guard.stripped-static", 16)]
    [InlineData("x86_64-guard.o", null)]
    public void The_build_id_is_read_where_a_linker_left_one(string name, int? length) =>
        Assert.Equal(length, Binaries.Read(Binaries.Of(name)).BuildId?.Length);

    [Fact]
    public void Stripping_keeps_the_build_id() =>
        Assert.Equal(Binaries.Read(Binaries.Of("i386-guard.pie")).BuildId, Binaries.Read(Binaries.Of("i386-guard.stripped-pie")).BuildId);

    [Theory]
    [InlineData(0, 0x7e, "ELF, offset 0: the magic 7f 45 4c 46 expected")]
    [InlineData(4, 3, "ELF, offset 4: class 3; 1, 32 bits, or 2, 64 bits, expected")]
    [InlineData(5, 2, "ELF, offset 5: byte order 2; 1, little-endian, expected")]
    [InlineData(16, 4, "ELF, offset 16: type 4; 1 (object), 2 (executable) or 3 (shared) expected")]
    [InlineData(18, 8, "ELF, offset 18: machine 8 with 64 bits; 3 (i386) with 32, 62 (x86-64) or 183 (AArch64) with 64 expected")]
    public void A_header_of_something_else_is_told_with_its_place(int offset, byte value, string expected)
    {
        byte[] content = File.ReadAllBytes(Binaries.Of("x86_64-guard.so"));
        content[offset] = value;

        SymbolsException failure = Assert.Throws<SymbolsException>(() => ElfFile.Read(content, "some.so"));

        Assert.Equal($"some.so: {expected}", failure.Message);
    }

    [Fact]
    public void A_file_that_is_cut_off_is_told_with_its_place()
    {
        byte[] content = File.ReadAllBytes(Binaries.Of("x86_64-guard.so"))[..4000];

        SymbolsException failure = Assert.Throws<SymbolsException>(() => ElfFile.Read(content, "some.so"));

        Assert.Matches("^some.so: ELF, offset [0-9]+: a row of the section table takes 64 bytes, and the file ends at 4000$", failure.Message);
    }
}
