using System.Runtime.Versioning;
using System.Text;
using Edgewise.Fuzzing.Afl;

namespace Edgewise.Tests.Fuzzing.Afl;

[SupportedOSPlatform("linux")]
public sealed class AflTargetTests
{
    private const int Abort = 6;

    [Fact]
    public void The_first_four_bytes_of_the_map_are_nobodys_and_the_edges_follow()
    {
        AflTarget target = Load("loops");

        target.Run([77], out _);

        byte[] counters = target.Images.Context.Counters().ToArray();
        Assert.Equal(AflTarget.ReservedCounters + target.PointCount, counters.Length);
        Assert.Equal([0, 0, 0, 0], counters[..AflTarget.ReservedCounters]);
        // Of the numbers from 1 to 77, 25 are divisible by 3.
        Assert.Contains((byte)25, counters);
        Assert.Contains((byte)52, counters);
    }

    [Fact]
    public void Counters_stay_at_255()
    {
        AflTarget target = Load("loops");

        target.Run([200], out _);
        target.Run([200], out _);

        Assert.Equal(byte.MaxValue, target.Images.Context.Counters().ToArray().Max());
    }

    [Fact]
    public void An_answer_is_a_run_and_another_exception_is_an_abort()
    {
        AflTarget target = Load("deaths");

        Assert.Equal(0, target.Run("e"u8, out Exception? answer));
        Assert.Null(answer);
        Assert.Equal(Abort, target.Run("x"u8, out Exception? crash));
        Assert.IsType<InvalidDataException>(crash);
    }

    [Fact]
    public void The_image_of_CmpLog_has_the_same_edges()
    {
        AflTarget plain = Load("magic"), compared = AflTarget.Load(Settings("magic"), null, logsCompares: true);

        plain.Run("aaaaaaaa"u8, out _);
        compared.Run("aaaaaaaa"u8, out _);

        Assert.Equal(plain.Images.Context.Counters().ToArray(), compared.Images.Context.Counters().ToArray());
    }

    [Fact]
    public void The_dictionary_has_each_literal_once_behind_its_length()
    {
        byte[] dictionary = StringLiterals.Collect(Load("word"));

        List<string> words = [];
        for (int i = 0; i < dictionary.Length; i += dictionary[i] + 1)
        {
            words.Add(Encoding.UTF8.GetString(dictionary, i + 1, dictionary[i]));
        }

        Assert.Contains("snoitaroxe", words);
        Assert.Equal(words.Distinct(), words);
        Assert.All(words, word => Assert.InRange(Encoding.UTF8.GetByteCount(word), 2, 32));
    }

    private static AflTarget Load(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        return AflTarget.Load(Settings(name), null, logsCompares: false);
    }

    private static AflSettings Settings(string name) => new() { TargetPath = FuzzedProgram.Path, Method = name, Assemblies = "Fuzzed" };
}
