using System.Buffers.Binary;
using System.Text;
using Edgewise.Hosting.Targets;
using Puzzles;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>The puzzles by themselves: what a fuzzer is to find exists, and hardly anything else finds it.</summary>
public sealed class PuzzleSolutionTests
{
    public static TheoryData<string, byte[]> Solutions { get; } = new()
    {
        { "SimpleTest", "Hi!"u8.ToArray() },
        { "SimpleCmpTest", [.. Bytes(1_234_567_891L), .. Bytes(987_654_322L), .. Bytes(-10_001), 0x42] },
        { "SwitchTest", [.. Bytes(100_000_001), .. Bytes(100_000_001L), 0x9A, 0x53] },
        { "Switch2Test", [.. Bytes(100_001), .. Bytes(100_003), .. Bytes(0)] },
        { "Switch3Test", [.. new byte[50], .. Bytes(0x47524159), .. new byte[46]] },
        { "MemcmpTest", "01234567ABCDXYKLMABCDE-GHIJ"u8.ToArray() },
        { "Memcmp64BytesTest", "123456789 123456789 123456789 123456789 123456789 123456789 1234"u8.ToArray() },
        { "StrcmpTest", "ABCQWERZXCVN"u8.ToArray() },
        { "StrncmpTest", "01234567ABCDXYKLM"u8.ToArray() },
        { "StrstrTest", "kukuFUZZabcd"u8.ToArray() },
        { "SingleMemcmpTest", "Some long string"u8.ToArray() },
        { "SingleStrcmpTest", "qwerty!"u8.ToArray() },
        { "FourIndependentBranchesTest", "FUZZ"u8.ToArray() },
        { "CounterTest", "ABCD"u8.ToArray() },
        { "CallerCalleeTest", "abcd"u8.ToArray() },
        { "SwapCmpTest", "FUZZZZUF----fuzz---z\0\0OK"u8.ToArray() },
        { "AbsNegAndConstantTest", [.. Bytes(int.MinValue), .. Bytes(unchecked((int)0xBADDCAFE))] },
        { "AbsNegAndConstant64Test", [.. Bytes(long.MinValue), .. Bytes(unchecked((long)0xBADDCAFEDEADBEEF))] },
        { "FullCoverageSetTest", "FUZZER"u8.ToArray() },
        { "ThreeBytes", "FUZ"u8.ToArray() },
        { "RepeatedBytesTest", "AAAAAAAAAAAAAAAAAAAA"u8.ToArray() },
        { "RepeatedMemcmp", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("foobar", 11))) },
        { "CxxStringEqTest", "FooBar"u8.ToArray() },
        { "SimpleHashTest", [.. "0123456789"u8, 0x5A, 0x43, 0xAA, 0x5E] },
        { "DivTest", Bytes(987_654) },
        { "CrossOverTest", "ABCDEFGHIJ"u8.ToArray() },
        { "OnlySomeBytesTest", [.. "ABC--F-U-Z"u8, .. new byte[2038]] },
        { "SimpleDictionaryTest", "ElvisPresley"u8.ToArray() },
        { "magic-4", Bytes(unchecked((int)0xCAFED00D)) },
        { "magic-8", [0x1B, 0xAD, 0xB0, 0x02, 0x8B, 0xAD, 0xF0, 0x0D] },
        { "magic-integer", "748251963"u8.ToArray() },
        { "magic-decimal", "1499.95"u8.ToArray() },
        { "magic-literal", "open, sesame"u8.ToArray() },
        { "magic-switch", "sideways sailing"u8.ToArray() },
        { "magic-guid", "6f9619ff-8b86-d011-b42d-00c04fc964ff"u8.ToArray() },
        { "magic-guid-bytes", new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff").ToByteArray() },
        { "magic-date", "1987-11-03"u8.ToArray() },
        { "magic-lengths", [0, 12, 8, 0, 0, 0, 7, 0x2C, 0, 0, 0, 0, 0, 0] },
        { "magic-base64", Encoding.ASCII.GetBytes(Convert.ToBase64String("token:edgewise"u8)) },
        { "format-records", [0x7E, 0x11, 0x2A, 0, 6, 3, 0xEE, 0xFF, 0xC0, 0, 0, 0xEF, 0x18, 0x3A, 0x02] },
        { "format-fields", [0x08, 0x91, 0x9E, 0x01, 0x22, 10, .. "checkpoint"u8] },
        { "format-orders", "retire 7341"u8.ToArray() },
        { "format-requirements", "require 4.17.2"u8.ToArray() },
        { "format-sessions", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("connect\nlogin\nupload\ncommit")] },
        { "parser-options", [.. "OP"u8, 5, 2, 2, 101, 12, 7, .. "harbour"u8, 0xF8, 0x4C] },
        { "parser-settings", "mode=mirror\nworkers=20\nlisten=unix:"u8.ToArray() },
        { "parser-literals", Encoding.ASCII.GetBytes("""
            "say \"no\"\tor go\n"
            """) },
        { "parser-machine", [0x10, 5, 0, 0x10, 0x8B, 0x18, 0x22, 0x35, 0x7F] },
        { "parser-themes", "theme/2.3\naccent:#2ec171"u8.ToArray() },
    };

    private static byte[] Bytes(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] Bytes(long number)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes;
    }

    [Theory]
    [MemberData(nameof(Solutions))]
    public void A_puzzle_has_a_solution(string puzzle, byte[] solution)
    {
        FuzzTarget target = FuzzTargetAssembly.Find(typeof(PuzzleSolvedException).Assembly, puzzle);

        Exception? thrown = Record.Exception(() => target.Run(solution));

        Assert.IsType(puzzle == "DivTest" ? typeof(DivideByZeroException) : typeof(PuzzleSolvedException), thrown);
    }
}
