using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Points;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Symbols.Points;

/// <summary>The fast path finds what decoding every instruction finds.</summary>
public sealed class X86CallScanTests
{
    public static TheoryData<string> Linked() =>
        [.. Directory.GetFiles(Binaries.Folder).Select(file => Path.GetFileName(file)!)
            .Where(name => !name.StartsWith("aarch64", StringComparison.Ordinal) && Path.GetExtension(name) is ".so" or ".pie" or ".static" && !name.StartsWith("aarch64", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Linked))]
    public void Calls_found_by_their_bytes_are_those_that_a_decoder_finds(string name) => AssertSame(Binaries.Of(name));

    [Theory]
    [InlineData("a.out")]
    [InlineData("edge.out")]
    public void So_they_are_in_programs_with_a_sanitizer(string name) => AssertSame(Binaries.Golden(name));

    private static void AssertSame(string path)
    {
        ElfFile file = Binaries.Read(path);
        CallbackTargets callbacks = new(file);

        ulong[] decoded = [.. CodeSweep.Calls(file).Where(callbacks.Contains).Select(call => call.Pc).Order()];

        Assert.Equal(decoded, CodeSweep.CallsOf(file, callbacks).Select(call => call.Pc).Order());
    }
}
