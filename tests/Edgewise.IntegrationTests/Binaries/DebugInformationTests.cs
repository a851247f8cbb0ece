using Edgewise.Cli;
using Edgewise.Symbols.Dwarf;
using Edgewise.Symbols.Elf;

namespace Edgewise.IntegrationTests.Binaries;

/// <summary>Debug information in every form that clang and binutils leave it in: names and lines are told, or it is told what is missing.</summary>
public sealed class DebugInformationTests : IDisposable
{
    private const string Guards = "-O2 -fsanitize-coverage=trace-pc-guard";

    private readonly ClangBuild _clang = new();

    private static string Source => ClangBuild.Source("native/inlined.c");

    public void Dispose() => _clang.Dispose();

    [Theory]
    [InlineData("-gdwarf-4")]
    [InlineData("-gdwarf-5")]
    [InlineData("-gz")]
    [InlineData("-gsplit-dwarf")]
    [InlineData("-gsplit-dwarf -gdwarf-4 -gz")]
    [InlineData("-gsplit-dwarf=single")]
    public void Functions_that_were_inlined_are_told(string options)
    {
        string program = Build(options);

        string[] covered = ClangBuild.Sancov(["covered-functions", program, .. _clang.Cover(program, "x")]);

        Assert.Equal(["inlined", "main"], covered.Select(line => line.Split(' ')[^1]).Order());
    }

    [Theory]
    [InlineData("-gsplit-dwarf -gdwarf-4")]
    [InlineData("-gsplit-dwarf -gdwarf-5")]
    [InlineData("-gsplit-dwarf -gdwarf-5 -gz")]
    public void A_missing_file_of_debug_information_is_told_by_name(string options)
    {
        string program = Build(options);
        string[] sancovs = _clang.Cover(program, "x");
        string lost = Assert.Single(Directory.GetFiles(_clang.Folder, "*.dwo"));
        File.Delete(lost);

        (string output, string error) = Sancov(["covered-functions", program, .. sancovs]);

        Assert.Equal(
            $"edgewise: {program}: a file of its debug information is missing, {lost}: what was inlined there is not told. {Path.GetFileName(program)}.dwp beside it will do, too\n", error);
        Assert.EndsWith(" main\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_of_debug_information_beside_the_program_will_do()
    {
        Assert.SkipUnless(ClangBuild.Has("llvm-dwp-14"), "llvm-dwp-14 is not on PATH");
        string program = Build("-gsplit-dwarf");
        string[] sancovs = _clang.Cover(program, "x");
        Assert.Equal(0, _clang.Run("llvm-dwp-14", ["-e", program, "-o", program + ".dwp"]).ExitCode);
        File.Delete(Assert.Single(Directory.GetFiles(_clang.Folder, "*.dwo")));

        (string output, string error) = Sancov(["covered-functions", program, .. sancovs]);

        Assert.Equal("", error);
        Assert.Contains(" inlined\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Debug_information_that_the_symboliser_cannot_open_is_told()
    {
        string program = Build("");
        Assert.SkipWhen(_clang.Run("objcopy", ["--compress-debug-sections=zstd", program]).ExitCode != 0, "objcopy knows no zstd");
        string[] sancovs = _clang.Cover(program, "x");

        (string output, string error) = Sancov(["covered-functions", program, .. sancovs]);

        // A symboliser that was built with zstd opens it.
        Assert.True(
            output.EndsWith(" main\n", StringComparison.Ordinal)
            && (error.StartsWith($"edgewise: {program}: ", StringComparison.Ordinal) ? error.Contains("decompress", StringComparison.Ordinal) : error.Length == 0 && output.Contains(" inlined\n", StringComparison.Ordinal)),
            output + error);
    }

    [Theory]
    [InlineData("-gsplit-dwarf -gdwarf-4")]
    [InlineData("-gsplit-dwarf -gdwarf-5 -gz")]
    public void Damaged_debug_information_stops_nothing(string options)
    {
        byte[] original = File.ReadAllBytes(Build(options));
        ElfFile whole = ElfFile.Read(original, "whole");
        ElfSection[] debug = [.. whole.Sections.Where(section => section.Name.StartsWith(".debug_", StringComparison.Ordinal) && section.Size > 0)];
        string lost = Assert.Single(SplitUnits.Of(whole));
        Assert.EndsWith(".dwo", lost, StringComparison.Ordinal);
        Random random = new(5);
        int found = 0;
        for (int round = 0; round < 1500; round++)
        {
            byte[] content = [.. original];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                ElfSection section = debug[random.Next(debug.Length)];
                content[(int)section.Offset + random.Next((int)section.Size)] = (byte)random.Next(256);
            }

            found += SplitUnits.Of(ElfFile.Read(content, "some.elf")).Contains(lost) ? 1 : 0;
        }

        // Most damage is where names are not; some takes the name.
        Assert.InRange(found, 300, 1499);
    }

    // One object, so that one file holds the debug information.
    private string Build(string options)
    {
        string compiled = _clang.Build("inlined.o", $"{Guards} {options} -c", Source);
        return _clang.Build("inlined", $"{Guards} {options}", compiled);
    }

    private static (string Output, string Error) Sancov(string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = EdgewiseCommand.Invoke(["sancov", .. arguments], output, error);
        Assert.True(code == 0, error.ToString());
        return (output.ToString(), error.ToString());
    }
}
