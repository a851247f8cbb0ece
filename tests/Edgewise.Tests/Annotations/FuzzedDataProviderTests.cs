using System.Diagnostics;
using Edgewise.Annotations;

namespace Edgewise.Tests.Annotations;

public sealed class FuzzedDataProviderTests
{
    private const string Compiler = "/usr/bin/clang++-14";

    /// <summary>What LLVM 14's header answers: <c>clang++-14 -O1 tests/Programs/Native/provider.cc -o provider &amp;&amp; ./provider</c>, a line of each on its input.</summary>
    public static TheoryData<string, string> Golden { get; } = new()
    {
        { "0102030405060708090A0B0C0D0E0F i8 u16 i32 u64 left", " -113 3597 -1945433591 578437695752307201 0" },
        { "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF i8 i16 i32 i64 u8", " 127 32767 2147483647 9223372036854775807 255" },
        { "8081828384858687 i64 left i32", " 542267609333268864 0 -2147483648" },
        { "61625C5C635C2E64655C any any left", " x61625C63 x64655C 0" },
        { "61625C5C63646566 random 3 random 100 rest", " x61625C x63646566 x" },
        { "6162636465 bytes 2 terminated 9 bytes 1", " x6162 x636465EE x" },
        { "616263640500 bool pick enum data 5", " 0 13 0 3 x616263CCCC" },
        { "112233445566778899AABBCCDDEEFF00 r8 -100 100 ru32 5 70000 r64 -9223372036854775808 9223372036854775807 r32 7 7 left", " -100 43790 5529200543923660373 7 4" },
        { "112233445566778899AABBCCDDEEFF00112233445566778899AABBCC pf pd f d", " 3F4CBBAB 3FE10EECCAA88664 F9891000 7FE553310EECCAA8" },
        { "112233445566778899AABBCCDDEEFF00112233445566778899AABBCC rf -1 1 rd 0 0.3 rd -1.7976931348623157E+308 1.7976931348623157E+308 rf -3.4028234663852886E+38 3.4028234663852886E+38", " 3F197756 3FC4784F599707AB FF31223344556800 7ECCAA87" },
        { "- i32 f d pf bool enum pick any rest left", " -2147483648 FF7FFFFF FFEFFFFFFFFFFFFF 00000000 0 0 2 x x 0" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Values_are_those_of_the_header_of_llvm(string script, string answers) => Assert.Equal(answers, ProviderScript.Answer(script));

    [Fact]
    public void Random_calls_over_random_inputs_answer_as_the_header_of_llvm_compiled_here()
    {
        Assert.SkipUnless(File.Exists(Compiler), $"needs {Compiler}");
        string folder = Directory.CreateTempSubdirectory("edgewise-test-").FullName;
        try
        {
            string program = Path.Combine(folder, "provider");
            Pipe(Compiler, ["-O1", Path.Combine(SourceRoot(), "tests", "Programs", "Native", "provider.cc"), "-o", program], string.Empty);
            var random = new Random(20_261_121);
            string[] scripts = [.. Enumerable.Range(0, 20_000).Select(_ => ProviderScript.Random(random))];

            string[] answers = Pipe(program, [], string.Join('\n', scripts) + "\n").Split('\n');

            Assert.Equal(answers.SkipLast(1), scripts.Select(ProviderScript.Answer));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Text_is_read_as_utf8()
    {
        byte[] input = [.. "żółw"u8, 0xFF, .. "a\\\\b\\.c"u8];
        var data = new FuzzedDataProvider(input);

        Assert.Equal("żółw\uFFFD", data.ConsumeBytesAsString(8));
        Assert.Equal("a\\b", data.ConsumeRandomLengthString());
        Assert.Equal("c", data.ConsumeRemainingBytesAsString());
        Assert.Equal(0, data.RemainingBytes);
    }

    [Fact]
    public void Inserting_a_byte_into_a_string_moves_nothing_else()
    {
        Assert.Equal(("name", 'Z', "rest"), Read("name\\ restZ"));
        Assert.Equal(("names", 'Z', "rest"), Read("names\\ restZ"));

        static (string, int, string) Read(string input)
        {
            var data = new FuzzedDataProvider(System.Text.Encoding.UTF8.GetBytes(input));
            return (data.ConsumeRandomLengthString(100), data.ConsumeIntegral<byte>(), data.ConsumeRemainingBytesAsString());
        }
    }

    [Fact]
    public void An_enum_with_gaps_gives_each_of_its_values_and_no_other()
    {
        var seen = new HashSet<DayOfWeek>();
        var http = new HashSet<System.Net.HttpStatusCode>();
        for (int i = 0; i < 256; i++)
        {
            seen.Add(new FuzzedDataProvider([(byte)i]).ConsumeEnum<DayOfWeek>());
            http.Add(new FuzzedDataProvider([(byte)i]).ConsumeEnum<System.Net.HttpStatusCode>());
        }

        Assert.Equal(Enum.GetValues<DayOfWeek>(), seen.Order());
        Assert.Equal(Enum.GetValues<System.Net.HttpStatusCode>().Distinct(), http.Order());
    }

    [Fact]
    public void What_is_used_up_answers_with_the_smallest_value()
    {
        var data = new FuzzedDataProvider([]);

        Assert.Equal(-5, data.ConsumeIntegralInRange(-5, 10));
        Assert.Equal(int.MinValue, data.ConsumeIntegral<int>());
        Assert.False(data.ConsumeBool());
        Assert.Equal(-1.5, data.ConsumeFloatingPointInRange(-1.5, 3));
        Assert.Equal("a", data.PickValueInArray("a", "b"));
        Assert.Empty(data.ConsumeRandomLengthString());
    }

    [Fact]
    public void A_provider_can_begin_again_with_a_longer_input()
    {
        var data = new FuzzedDataProvider([1, 2]);
        data.ConsumeBytes(1);

        data.Reset([1, 2, 3, 4]);

        Assert.Equal([1, 2, 3, 4], data.ConsumeRemainingBytes());
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var data = new FuzzedDataProvider([1, 2]);

        Assert.Throws<ArgumentOutOfRangeException>(() => data.ConsumeBytes(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.ConsumeRandomLengthString(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.ConsumeIntegralInRange(5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.ConsumeFloatingPointInRange(5.0, 4.0));
        Assert.Throws<ArgumentException>(() => data.PickValueInArray<int>());
        Assert.Throws<NotSupportedException>(() => data.ConsumeIntegral<Int128>());
        Assert.Equal(2, data.RemainingBytes);
    }

    private static string Pipe(string program, string[] arguments, string input)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Result;
    }

    private static string SourceRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Edgewise.slnx")))
        {
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!;
        }

        return folder;
    }
}
